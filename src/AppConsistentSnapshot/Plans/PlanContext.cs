using AppConsistentSnapshot.Errors;

namespace AppConsistentSnapshot.Plans;

/// <summary>What reading one plan needs: the text, the draft, and where to put what is wrong.</summary>
internal sealed class PlanContext
{
    private readonly TextPositions _positions;

    public PlanContext(ReadOnlyMemory<byte> text, string path)
    {
        Text = text;
        _positions = new(text.Span);
        Errors = new(path);
        Warnings = new(path);
    }

    /// <summary>The file without a byte order mark.</summary>
    public ReadOnlyMemory<byte> Text { get; }

    public PlanDraft Draft { get; } = new();

    public ProblemList Errors { get; }

    public ProblemList Warnings { get; }

    public TextPosition At(int offset) => _positions.Of(offset);

    public int OffsetOf(long line, long column) => _positions.OffsetOf(line, column);

    public void Error(Problem problem) => Errors.Add(ErrorCodes.IncorrectJSONConfigFile, problem);
}
