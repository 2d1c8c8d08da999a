namespace AppConsistentSnapshot.Tool.Arguments;

/// <summary>One <c>--set BACKEND.KEY=VALUE</c>.</summary>
internal sealed record SettingArgument(string Backend, string Key, string Value)
{
    /// <summary>Takes it apart at the first <c>=</c> and the first <c>.</c> before it, or gives null.</summary>
    public static SettingArgument? Parse(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && equals > dot + 1
            ? new SettingArgument(text[..dot], text[(dot + 1)..equals], text[(equals + 1)..])
            : null;
    }
}
