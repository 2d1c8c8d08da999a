using System.Text;
using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Tests.Plans;

/// <summary>One file that is whatever a test says, or the kernel's refusal to read it.</summary>
internal sealed class FakeConfigurationFile : IConfigurationFile
{
    private readonly Func<int, ConfigurationFileContent> _read;

    private FakeConfigurationFile(Func<int, ConfigurationFileContent> read) => _read = read;

    public static FakeConfigurationFile With(string text) => With(Encoding.UTF8.GetBytes(text));

    public static FakeConfigurationFile With(byte[] bytes) => new(limit => bytes.Length <= limit
        ? new() { Status = ConfigurationFileStatus.Read, Bytes = bytes }
        : new() { Status = ConfigurationFileStatus.TooLarge, Bytes = bytes.AsMemory(0, limit) });

    public static FakeConfigurationFile Answering(ConfigurationFileContent content) => new(_ => content);

    public static FakeConfigurationFile Blocking(Task release) => new(_ =>
    {
        release.Wait();
        return new() { Status = ConfigurationFileStatus.NotFound };
    });

    public ConfigurationFileContent Read(string path, int limit) => _read(limit);
}
