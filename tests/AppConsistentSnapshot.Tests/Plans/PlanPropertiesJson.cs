using System.Text.Json.Serialization;

namespace AppConsistentSnapshot.Tests.Plans;

[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class PlanPropertiesJson : JsonSerializerContext;
