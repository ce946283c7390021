// A host of its own around the two libraries, as README.md ("Embed it", "Add your own tool") and docs/request-journey.md ("Hooks of the host") write it. Unit tests start it.
using AuthCore;
using AuthCore.Grants;
using AuthCore.Hooks;
using AuthCore.Registration;
using AuthCore.ResourceServer;
using Embedder;
using McpEndpoint;
using McpEndpoint.Confirmation;
using McpEndpoint.Tools;
using Microsoft.AspNetCore.Identity;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddAuthCore(builder.Configuration);
builder.AddMcpEndpoint();
builder.Services.AddAuthentication(IdentityConstants.ApplicationScheme).AddCookie(IdentityConstants.ApplicationScheme);

var services = builder.Services;
services.AddSingleton<INotes, Notes>();
services.AddSingleton(new ScopeDefinition("notes:read", "Read your notes", "Nothing is changed.", ScopeRisk.Read));
services.AddSingleton(new ScopeDefinition("notes:delete", "Delete your notes", "What is deleted is gone.", ScopeRisk.Destructive));
services.AddMcpTool(
    new ToolDefinition("list_notes", ToolAccess.Scopes("notes:read"), ToolRisk.Read, "Lists the user's notes, newest first."),
    (AccessGrant grant, INotes notes) => notes.OfAsync(grant.Subject));
services.AddMcpTool<DeleteNote>();

builder.Services.AddSingleton<IChat, Chat>();
builder.Services.AddFactHook<FamilyRevoked, TellTheChat>();
builder.Services.AddFactHook<ClientRegistered, GreetTheClient>();
builder.Services.AddDecisionHook<RegisteringClient, OnlyOurHosts>();

var app = builder.Build();
app.UseAuthentication();
app.UseAuthCore();        // CORS, rate limits, 503 for a busy database
app.MapAuthCore();        // /authorize /token /register /revoke /introspect and metadata
app.MapMcpEndpoint();     // /mcp and protected-resource metadata
app.Run();
