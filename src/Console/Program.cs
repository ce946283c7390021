using AdminConsole.Commands;
using AdminConsole.Hosting;
using AuthCore.Hosting;

if (CommandLine.IsCommand(args))
{
    return await CommandLine.RunAsync(args);
}

var builder = WebApplication.CreateBuilder(HostFolder.Options(args));
builder.AddConsole();

var app = builder.Build();
if (!ConfigurationReport.IsGood(app.Services))
{
    return 1;
}

try
{
    app.UseConsole();
    app.Run();
    return 0;
}
catch (BrokenSetupException broken)
{
    return ConfigurationReport.Refuse(broken);
}
