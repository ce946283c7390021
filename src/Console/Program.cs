using AdminConsole;

var builder = WebApplication.CreateBuilder(HostFolder.Options(args));
builder.AddConsole();

var app = builder.Build();
app.UseConsole();
app.Run();
