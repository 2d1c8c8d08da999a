using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;

namespace AppConsistentSnapshot.Plans;

/// <summary>The tokens of a plan. Comments and trailing commas, the two things that people most often take for JSON, are reported and stepped over.</summary>
internal ref struct PlanTokens
{
    public const int MaxDepth = 64;

    private readonly PlanContext _context;
    private readonly ReadOnlySpan<byte> _text;
    private Utf8JsonReader _reader;
    private int _comma = -1;

    public PlanTokens(PlanContext context)
    {
        _context = context;
        _text = context.Text.Span;
        _reader = new(_text, new JsonReaderOptions
        {
            CommentHandling = JsonCommentHandling.Allow,
            AllowTrailingCommas = true,
            MaxDepth = MaxDepth,
        });
    }

    public readonly JsonTokenType Type => _reader.TokenType;

    public readonly int Depth => _reader.CurrentDepth;

    /// <summary>Where the last token that could be read begins; kept when the next one is no JSON.</summary>
    public int Start { get; private set; }

    /// <summary>Where it ends.</summary>
    public int End { get; private set; }

    /// <summary>The token as it is written.</summary>
    public readonly ReadOnlySpan<byte> Raw => _text[Start..End];

    /// <summary>Whether the one value that a text may hold is read to its end.</summary>
    public bool IsComplete { get; private set; }

    /// <exception cref="JsonException">This is no JSON.</exception>
    public bool Read()
    {
        while (_reader.Read())
        {
            NoteComma();
            (Start, End) = ((int)_reader.TokenStartIndex, (int)_reader.BytesConsumed);
            if (Type != JsonTokenType.Comment)
            {
                ReportTrailingComma();
                IsComplete = Depth == 0 && Type is not (JsonTokenType.StartObject or JsonTokenType.StartArray);
                return true;
            }

            Report(Start, Raw, "A comment is not allowed in JSON.", "Remove the comment.");
        }

        return false;
    }

    /// <summary>Goes to the end of the current value and returns all of it as it is written.</summary>
    public ReadOnlySpan<byte> Skip(string? field)
    {
        var start = Start;
        var depth = Depth;
        CheckString(field);
        if (Type is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            while (Read() && Depth > depth)
            {
                CheckString(field);
            }
        }

        return _text[start..End];
    }

    /// <summary>The text of a string or a name; false, and reported, where it is no valid Unicode.</summary>
    public readonly bool TryGetString(string? field, [NotNullWhen(true)] out string? value)
    {
        try
        {
            value = _reader.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            ReportInvalidText(field);
            value = null;
            return false;
        }
    }

    private readonly void CheckString(string? field)
    {
        if (Type is JsonTokenType.String or JsonTokenType.PropertyName)
        {
            _ = TryGetString(field, out _);
        }
    }

    private void NoteComma()
    {
        // Between two tokens there are only blanks, a colon and commas.
        var comma = _text[End..(int)_reader.TokenStartIndex].IndexOf((byte)',');
        _comma = comma >= 0 ? End + comma : _comma;
    }

    private void ReportTrailingComma()
    {
        if (_comma >= 0 && Type is JsonTokenType.EndObject or JsonTokenType.EndArray)
        {
            Report(_comma, ","u8, "A comma before the closing bracket is not allowed in JSON.", "Remove the comma.");
        }

        _comma = -1;
    }

    private readonly void ReportInvalidText(string? field)
    {
        Utf8.ToUtf16(Raw, new char[Raw.Length], out var valid, out _, replaceInvalidSequences: false);
        var torn = valid < Raw.Length;
        var found = torn ? $"byte 0x{Raw[valid]:X2}" : Excerpt.Of(Raw);
        var what = torn ? "The text is not valid UTF-8" : "The text has half of a surrogate pair";
        var action = torn
            ? "Save the file as UTF-8, such as by 'iconv -f latin1 -t utf-8'."
            : "Write the character itself, or both halves of it (\\ud83d\\ude00).";
        _context.Error(new($"{what}: {found}.", action)
        {
            Position = _context.At(Start + (torn ? valid : 0)),
            Field = field,
            Found = found,
            Allowed = "valid Unicode text in UTF-8",
        });
    }

    private readonly void Report(int offset, ReadOnlySpan<byte> found, string message, string action) => _context.Error(new(message, action)
    {
        Position = _context.At(offset),
        Found = Excerpt.Of(found),
        Allowed = "JSON as in RFC 8259",
    });
}
