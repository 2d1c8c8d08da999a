using System.Globalization;
using System.Runtime.Versioning;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>Reads <c>/etc/passwd</c> and nothing else: getpwuid(3) may ask a directory server that does not answer.</summary>
[SupportedOSPlatform("linux")]
internal sealed class LinuxUserAccounts : IUserAccounts
{
    private readonly string _path;

    public LinuxUserAccounts(string path = "/etc/passwd")
    {
        Libc.Require(nameof(LinuxUserAccounts));
        _path = path;
    }

    public UserAccount Executing => Find(ProcessCalls.EffectiveUserId());

    public UserAccount Find(uint userId)
    {
        var wanted = userId.ToString(CultureInfo.InvariantCulture);
        foreach (var line in Lines())
        {
            var fields = line.Split(':');
            if (fields.Length >= 7 && fields[2] == wanted)
            {
                return new UserAccount(fields[0], Or(fields[5], "/"), Or(fields[6], "/bin/sh"));
            }
        }

        return userId == 0 ? new UserAccount("root", "/root", "/bin/sh") : new UserAccount(wanted, "/", "/bin/sh");
    }

    private static string Or(string value, string fallback) => value.Length > 0 ? value : fallback;

    private string[] Lines()
    {
        var content = ProcReader.TryRead(_path);
        return content is null ? [] : System.Text.Encoding.UTF8.GetString(content).Split('\n');
    }
}
