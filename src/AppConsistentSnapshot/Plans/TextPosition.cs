using System.Runtime.InteropServices;

namespace AppConsistentSnapshot.Plans;

/// <summary>A place in a file: line and column (in bytes), both from 1, as editors show them. A byte order mark is not counted.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TextPosition(int Line, int Column)
{
    public static TextPosition Start { get; } = new(1, 1);
}
