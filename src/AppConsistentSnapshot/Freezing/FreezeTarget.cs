namespace AppConsistentSnapshot.Freezing;

/// <summary>One file system for the engine. It knows no names and no paths.</summary>
/// <param name="Descriptor">A folder of it.</param>
/// <param name="Level">Levels freeze one after the other, from the lowest, and thaw in reverse; those of one level at the same time.</param>
internal sealed record FreezeTarget(SharedDescriptor Descriptor, int Level);
