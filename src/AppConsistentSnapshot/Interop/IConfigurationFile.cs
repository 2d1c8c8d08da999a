namespace AppConsistentSnapshot.Interop;

/// <summary>Reads small files that an administrator wrote. Says what is there and judges nothing.</summary>
internal interface IConfigurationFile
{
    /// <summary>Reads a regular file as far as <paramref name="limit"/>. Opens nothing else: no pipe that blocks, no device that acts on being opened.</summary>
    ConfigurationFileContent Read(string path, int limit);
}
