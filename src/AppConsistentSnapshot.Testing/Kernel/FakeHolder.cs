namespace AppConsistentSnapshot.Testing.Kernel;

/// <summary>Who holds a fake file system frozen.</summary>
internal enum FakeHolder
{
    Nobody,

    /// <summary>The code under test.</summary>
    Us,

    /// <summary>Another program.</summary>
    SomebodyElse,
}
