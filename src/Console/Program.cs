using AdminConsole;

var builder = WebApplication.CreateBuilder(HostFolder.Options(args));
builder.AddConsole();

var app = builder.Build();
if (!ConfigurationReport.IsGood(app.Services))
    return 1;

app.UseConsole();
app.Run();
return 0;
