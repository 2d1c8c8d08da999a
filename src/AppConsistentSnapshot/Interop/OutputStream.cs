namespace AppConsistentSnapshot.Interop;

/// <summary>Where a script wrote to.</summary>
internal enum OutputStream
{
    StandardOutput,
    StandardError,
}
