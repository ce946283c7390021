using McpAuthConsole.E2ETests.Host;

namespace McpAuthConsole.E2ETests.Storage;

/// <summary>A database belongs to one host, and to one master key.</summary>
public sealed class OwnershipTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private readonly RunningHost _host = shared.Host;

    [Fact]
    public async Task A_second_host_is_refused_whatever_its_data_directory_is_and_however_it_gets_to_the_file()
    {
        var elsewhere = Directory.CreateTempSubdirectory("mcp-auth-console-second-").FullName;
        try
        {
            var link = Path.Combine(elsewhere, "linked.db");
            File.CreateSymbolicLink(link, _host.Database());
            foreach (var file in new[] { _host.Database(), link })
            {
                var said = await new Func<Task>(() => RunningHost.StartAsync(HostOptions.Default with
                {
                    Settings = new Dictionary<string, string> { ["ConnectionStrings__AuthCore"] = $"Data Source={file}" },
                })).RefusedAsync();
                said.ShouldContain($"The host cannot start. Database: {file} is in use by another running host.");
                said.ShouldNotContain("Unhandled exception");
            }
        }
        finally
        {
            Directory.Delete(elsewhere, recursive: true);
        }

        (await _host.RegisterAsync()).Status.ShouldBe(System.Net.HttpStatusCode.Created, "the first one goes on");
    }

    [Fact]
    public async Task A_master_key_that_is_missing_or_empty_is_not_made_anew()
    {
        await _host.StopAsync();
        var key = await File.ReadAllBytesAsync(_host.MasterKey());
        File.Delete(_host.MasterKey());

        var said = await new Func<Task>(_host.RestartAsync).RefusedAsync();
        said.ShouldContain($"The host cannot start. Keys: {_host.MasterKey()} is missing");
        said.ShouldContain("Put the master key that belongs to this database back");
        Directory.GetFiles(_host.DataDirectory, "master*").ShouldBeEmpty();

        await File.WriteAllBytesAsync(_host.MasterKey(), []);
        (await new Func<Task>(_host.RestartAsync).RefusedAsync()).ShouldContain($"{_host.MasterKey()}: must hold exactly 32 bytes in base64.");
        (await File.ReadAllBytesAsync(_host.MasterKey())).ShouldBeEmpty();

        await File.WriteAllBytesAsync(_host.MasterKey(), key);
        await _host.RestartAsync();
    }
}
