using AuthCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AuthCore.Storage;

/// <summary>The folder of everything that the host writes (<see cref="AuthCoreOptions.DataDirectory"/>), whichever database it uses.</summary>
internal sealed class DataDirectory(IOptions<AuthCoreOptions> host, IHostEnvironment environment)
{
    /// <summary>Absolute.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(host.Value.DataDirectory, environment.ContentRootPath);

    /// <summary>The absolute path of a file in it.</summary>
    public string File(string name) => System.IO.Path.GetFullPath(name, Path);
}
