using AppConsistentSnapshot.Errors;

namespace AppConsistentSnapshot.Plans;

/// <summary>Collects what is wrong with one file. Bounded: a file of nothing but mistakes must not make a report of megabytes.</summary>
internal sealed class ProblemList
{
    private const int Limit = 100;

    private readonly string _path;
    private readonly List<SnapshotError> _items = [];
    private int _further;

    public ProblemList(string path) => _path = path;

    public bool IsEmpty => _items.Count == 0;

    public bool IsFull => _items.Count >= Limit;

    public void Add(ErrorCode code, Problem problem)
    {
        if (IsFull)
        {
            _further++;
            return;
        }

        _items.Add(Create(code, problem));
    }

    /// <summary>Everything, in the order of the file.</summary>
    public IReadOnlyList<SnapshotError> ToErrors()
    {
        IEnumerable<SnapshotError> sorted = _items.OrderBy(static item => item.Line ?? 0).ThenBy(static item => item.Column ?? 0);
        return _further == 0 ? [.. sorted] : [.. sorted, TooMany()];
    }

    private SnapshotError Create(ErrorCode code, Problem problem) => new(code, problem.Message)
    {
        RecommendedAction = problem.Action,
        Subject = _path,
        Path = _path,
        Line = problem.Position?.Line,
        Column = problem.Position?.Column,
        Field = problem.Field,
        Found = problem.Found,
        Allowed = problem.Allowed,
    };

    private SnapshotError TooMany() => new()
    {
        Code = _items[^1].Code,
        Number = _items[^1].Number,
        Subject = _path,
        Path = _path,
        Message = $"{_further} further problems are not listed.",
        RecommendedAction = "Correct those above and check the file again.",
    };
}
