using System.IO.Compression;
using System.Runtime.Loader;
using System.Security.Cryptography;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace AdminConsole.Shared;

/// <summary>
/// The browser's half of Blazor. From .NET 10 it ships in a package that package feeds may lack; the runtime pack of .NET 9
/// carries the same protocol as an embedded resource, and the build puts that assembly beside the host as
/// <c>blazor-script.dll</c>. It is read once and never executed.
/// </summary>
/// <remarks>Delete when Microsoft.AspNetCore.App.Internal.Assets restores, with the two marked places in Console.csproj.</remarks>
internal sealed class BlazorScript
{
    private const string Path = "_framework/blazor.web.js";

    public BlazorScript()
    {
        Plain = Read();
        Brotli = Compress(Plain);
        Version = Convert.ToHexStringLower(SHA256.HashData(Plain))[..16];
    }

    /// <summary>Changes with the script, so that a browser may keep what it has under this address for ever.</summary>
    public string Url => $"{Path}?v={Version}";

    public string Version { get; }

    public byte[] Plain { get; }

    public byte[] Brotli { get; }

    private static byte[] Read()
    {
        var file = System.IO.Path.Combine(AppContext.BaseDirectory, "blazor-script.dll");
        var context = new AssemblyLoadContext("blazor-script", isCollectible: true);
        try
        {
            var resources = new ManifestEmbeddedFileProvider(context.LoadFromAssemblyPath(file));
            using var script = resources.GetFileInfo(Path).CreateReadStream();
            using var copy = new MemoryStream();
            script.CopyTo(copy);
            return copy.ToArray();
        }
        finally
        {
            context.Unload();
        }
    }

    private static byte[] Compress(byte[] plain)
    {
        using var compressed = new MemoryStream();
        using (var brotli = new BrotliStream(compressed, CompressionLevel.Optimal))
            brotli.Write(plain);
        return compressed.ToArray();
    }
}

internal static class BlazorScriptEndpoint
{
    public static void MapBlazorScript(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapMethods("/_framework/blazor.web.js", ["GET", "HEAD"], Serve).AllowAnonymous();

    private static IResult Serve(HttpContext http, BlazorScript script, string? v)
    {
        var brotli = AcceptsBrotli(http.Request);
        var headers = http.Response.Headers;
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.CacheControl = v == script.Version ? "public, max-age=31536000, immutable" : "no-cache";
        if (brotli)
            headers.ContentEncoding = "br";

        var tag = new EntityTagHeaderValue($"\"{script.Version}{(brotli ? "-br" : "")}\"");
        return Results.Bytes(brotli ? script.Brotli : script.Plain, "text/javascript; charset=utf-8", entityTag: tag);
    }

    private static bool AcceptsBrotli(HttpRequest request) =>
        request.GetTypedHeaders().AcceptEncoding.Any(encoding => encoding.Value == "br" && encoding.Quality is not 0);
}
