using System.Text.Json.Serialization;

namespace AppConsistentSnapshot.Freezing.Process;

[JsonSerializable(typeof(ResumeObligation))]
internal sealed partial class ResumeObligationJsonContext : JsonSerializerContext;
