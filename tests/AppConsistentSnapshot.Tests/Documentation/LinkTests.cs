using System.Text.RegularExpressions;

namespace AppConsistentSnapshot.Tests.Documentation;

public sealed partial class LinkTests
{
    public static TheoryData<string> Pages =>
    [
        "README.md",
        "CHANGELOG.md",
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Select(static path => Path.GetRelativePath(Repository.Root, path)),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_relative_link_leads_somewhere(string page)
    {
        var dead = RelativeLinks(Repository.Read(page)).Where(link => !LeadsSomewhere(page, link));
        Assert.Empty(dead);
    }

    [Fact]
    public void A_link_to_a_file_or_heading_that_is_not_there_is_noticed()
    {
        Assert.Equal(["docs/none.md", "docs/flow.md#limits"], RelativeLinks("[a](docs/none.md), [b](docs/flow.md#limits), [c](https://example.org/x)"));
        Assert.False(LeadsSomewhere("README.md", "docs/none.md"));
        Assert.True(LeadsSomewhere("README.md", "docs/flow.md#limits"));
        Assert.False(LeadsSomewhere("README.md", "docs/flow.md#no-limits"));
    }

    private static IEnumerable<string> RelativeLinks(string text) =>
        Link().Matches(CodeBlock().Replace(text, "")).Select(static match => match.Groups["target"].Value)
            .Where(static target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal));

    private static bool LeadsSomewhere(string page, string link)
    {
        var (target, heading) = link.Split('#') is [var before, var after] ? (before, after) : (link, null);
        var path = target.Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, Uri.UnescapeDataString(target));
        var full = Path.Combine(Repository.Root, path);
        return (File.Exists(full) || Directory.Exists(full)) && (heading is null || Headings(path).Contains(heading));
    }

    /// <summary>The anchors of a page's headings as they are made where such pages are shown: lower case, words joined by hyphens.</summary>
    private static HashSet<string> Headings(string page) =>
        [.. Heading().Matches(CodeBlock().Replace(Repository.Read(page), "")).Select(static match =>
            string.Concat(match.Groups["text"].Value.ToLowerInvariant().Where(static letter => char.IsLetterOrDigit(letter) || letter is ' ' or '-' or '_')).Replace(' ', '-'))];

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();

    [GeneratedRegex("^```.*?^```$", RegexOptions.Multiline | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("^#+ (?<text>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Heading();
}
