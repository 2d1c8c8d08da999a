using System.Runtime.InteropServices;
using System.Text;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>A null-terminated array of null-terminated strings, as execve(2) takes them.</summary>
internal sealed unsafe class NativeStrings : IDisposable
{
    private readonly byte** _pointers;
    private readonly int _count;

    public NativeStrings(IReadOnlyList<string> strings)
    {
        _count = strings.Count;
        _pointers = (byte**)NativeMemory.AllocZeroed((nuint)_count + 1, (nuint)sizeof(byte*));
        for (var i = 0; i < _count; i++)
        {
            var length = Encoding.UTF8.GetByteCount(strings[i]);
            _pointers[i] = (byte*)NativeMemory.AllocZeroed((nuint)length + 1);
            _ = Encoding.UTF8.GetBytes(strings[i], new Span<byte>(_pointers[i], length));
        }
    }

    public byte** Pointer => _pointers;

    public void Dispose()
    {
        for (var i = 0; i < _count; i++)
        {
            NativeMemory.Free(_pointers[i]);
        }

        NativeMemory.Free(_pointers);
    }
}
