using System.Text;

namespace AppConsistentSnapshot.Tool.Tests.Reporting;

/// <summary>Keeps apart what was written between two flushes.</summary>
internal sealed class RecordingWriter : TextWriter
{
    private readonly List<string> _lines = [];

    public List<IReadOnlyList<string>> Flushed { get; } = [];

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => throw new NotSupportedException("Lines are written as a whole.");

    public override void Write(string? value) => _lines.Add(value!.TrimEnd('\n'));

    public override void Flush()
    {
        if (_lines.Count > 0)
        {
            Flushed.Add([.. _lines]);
            _lines.Clear();
        }
    }
}
