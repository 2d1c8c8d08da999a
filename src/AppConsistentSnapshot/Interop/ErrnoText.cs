using System.Runtime.InteropServices;

namespace AppConsistentSnapshot.Interop;

/// <summary>An error number in words.</summary>
internal static class ErrnoText
{
    /// <summary>Such as <c>EBUSY: Device or resource busy</c>.</summary>
    public static string Describe(this Errno errno) => $"{errno}: {Marshal.GetPInvokeErrorMessage((int)errno)}";
}
