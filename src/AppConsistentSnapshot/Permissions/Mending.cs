namespace AppConsistentSnapshot.Permissions;

/// <summary>The one line for a root shell that mends an entry.</summary>
internal sealed class Mending
{
    private readonly List<string> _commands = [];
    private readonly string _path;

    public Mending(byte[] path) => _path = PathText.ForShell(path);

    public void Add(bool needed, string command)
    {
        if (needed)
        {
            _commands.Add($"{command} {_path}");
        }
    }

    public override string ToString() => $"Run as root: {string.Join(" && ", _commands)}";
}
