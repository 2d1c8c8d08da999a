namespace AppConsistentSnapshot.Interop;

/// <summary>Makes files in memory.</summary>
internal interface IMemoryFileFactory
{
    /// <summary>Makes an empty one.</summary>
    /// <param name="name">A label that <c>/proc</c> shows.</param>
    /// <param name="errno">Why there is none.</param>
    IMemoryFile? Create(string name, out Errno errno);
}
