using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace AuthCore.Protocol;

/// <summary>Decodes one name or value of <c>application/x-www-form-urlencoded</c> (RFC 6749 appendix B), strictly.</summary>
internal static class FormEncoding
{
    private const int OnTheStack = 256;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <returns>False on a broken percent escape, bytes that are not UTF-8, or NUL.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> encoded, [NotNullWhen(true)] out string? decoded)
    {
        decoded = null;
        var bytes = encoded.Length <= OnTheStack ? stackalloc byte[OnTheStack] : new byte[encoded.Length];
        var length = 0;
        for (var i = 0; i < encoded.Length; i++)
        {
            var current = encoded[i];
            if (current == '%')
            {
                if (i + 2 >= encoded.Length || !char.IsAsciiHexDigit((char)encoded[i + 1]) || !char.IsAsciiHexDigit((char)encoded[i + 2]))
                {
                    return false;
                }

                current = (byte)((HexValue(encoded[i + 1]) << 4) | HexValue(encoded[i + 2]));
                i += 2;
            }
            else if (current == '+')
            {
                current = (byte)' ';
            }

            if (current == 0)
            {
                return false;
            }

            bytes[length++] = current;
        }

        try
        {
            decoded = Strict.GetString(bytes[..length]);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static int HexValue(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
