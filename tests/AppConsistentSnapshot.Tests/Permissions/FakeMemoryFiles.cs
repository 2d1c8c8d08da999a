using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Tests.Permissions;

/// <summary>Files in memory, kept for inspection; each of the three calls can be told to fail.</summary>
internal sealed class FakeMemoryFiles : IMemoryFileFactory
{
    public List<File> Files { get; } = [];

    public Errno CreateError { get; set; }

    public Errno AppendError { get; set; }

    public Errno SealError { get; set; }

    public IMemoryFile? Create(string name, out Errno errno)
    {
        errno = CreateError;
        if (errno != Errno.None)
        {
            return null;
        }

        var file = new File(this, Files.Count);
        Files.Add(file);
        return file;
    }

    internal sealed class File(FakeMemoryFiles owner, int number) : IMemoryFile
    {
        public List<byte> Content { get; } = [];

        public bool IsSealed { get; private set; }

        public bool IsDisposed { get; private set; }

        public string Path => $"/memory/{number}";

        public Errno Append(ReadOnlySpan<byte> bytes)
        {
            Content.AddRange(bytes);
            return owner.AppendError;
        }

        public Errno Seal()
        {
            IsSealed = true;
            return owner.SealError;
        }

        public void Dispose() => IsDisposed = true;
    }
}
