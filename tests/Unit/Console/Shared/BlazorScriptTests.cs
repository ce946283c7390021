using System.IO.Compression;
using System.Text;
using AdminConsole.Shared;

namespace UnitTests.Console.Shared;

public class BlazorScriptTests
{
    private static readonly BlazorScript Script = new();

    [Fact]
    public void The_script_starts_circuits() => Encoding.UTF8.GetString(Script.Plain).ShouldContain("blazor-enhanced-nav");

    [Fact]
    public void The_compressed_script_is_the_same()
    {
        using var brotli = new BrotliStream(new MemoryStream(Script.Brotli), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        brotli.CopyTo(plain);
        plain.ToArray().ShouldBe(Script.Plain);
    }

    [Fact]
    public void Its_address_changes_with_its_content() => Script.Url.ShouldEndWith($"?v={Script.Version}");
}
