using AuthCore;
using McpEndpoint;
using Microsoft.AspNetCore.Builder;
using Mono.Cecil;
using UnitTests.Architecture.Namespaces;

namespace UnitTests.Architecture.Tables;

/// <summary>What the host registers, and which entities each of these types handles.</summary>
internal sealed class Cleaners
{
    private readonly Dictionary<string, TypeDefinition> _types = [];
    private readonly ILookup<string, string> _registered;

    public Cleaners()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development", ApplicationName = "McpAuthConsole" });
        builder.Services.AddAuthCore(builder.Configuration);
        builder.AddMcpEndpoint();
        foreach (var assembly in new[] { typeof(AuthCoreServices).Assembly, typeof(McpEndpointServices).Assembly })
        {
            // Not disposed: the definitions are read while the tests run.
            foreach (var type in ModuleDefinition.ReadModule(assembly.Location).Types)
            {
                _types.TryAdd(type.FullName, type);
            }
        }

        _registered = builder.Services.Where(service => !service.IsKeyedService)
            .Select(service => service.ImplementationType ?? service.ImplementationFactory?.Method.DeclaringType)
            .OfType<Type>().Select(type => Outermost(type).FullName!).Where(_types.ContainsKey).Distinct()
            .ToLookup(name => _types[name].Name.Split('`')[0]);
    }

    /// <summary>Whether a type of that name is registered and handles the entity: it, or what it calls in its own folder, names it.</summary>
    public bool Cleans(string name, Type entity) => _registered[name].Any(type => Reaches(type, entity.FullName!));

    public bool IsRegistered(string name) => _registered[name].Any();

    private bool Reaches(string type, string entity)
    {
        var own = TypeReferences.Of(_types[type]).ToArray();
        return own.Append(_types[type]).Where(named => named.Namespace == _types[type].Namespace && _types.ContainsKey(named.FullName))
            .SelectMany(named => TypeReferences.Of(_types[named.FullName]))
            .Concat(own).Any(named => named.FullName == entity);
    }

    /// <summary>A registration by a function is that of the type that holds the function.</summary>
    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
