namespace AppConsistentSnapshot.Backends.Images;

/// <summary>How an image is cut.</summary>
internal enum ImageMethod
{
    Copy = 0,
    Reflink = 1,
}
