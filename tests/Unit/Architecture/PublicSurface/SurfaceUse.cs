using Mono.Cecil;
using Mono.Cecil.Rocks;

namespace UnitTests.Architecture.PublicSurface;

/// <summary>
/// Who uses what a library shows: the public types and members of one part against what the compiled code of the parts above it names. A constant is copied where it is
/// used, so it counts as used where its value stands.
/// </summary>
internal sealed class SurfaceUse
{
    private readonly List<TypeDefinition> _public;
    private readonly HashSet<string> _named = [];
    private readonly HashSet<string> _called = [];
    private readonly HashSet<string> _values = [];
    private readonly HashSet<string> _derivedFrom = [];
    private readonly HashSet<string> _reached = [];

    private SurfaceUse(ModuleDefinition library, IEnumerable<ModuleDefinition> users)
    {
        _public = [.. library.GetAllTypes().Where(IsSeen)];
        foreach (var user in users)
        {
            _named.UnionWith(user.GetTypeReferences().Where(type => IsOf(type, library)).Select(type => type.FullName));
            _called.UnionWith(user.GetMemberReferences().Where(member => IsOf(member.DeclaringType.GetElementType(), library)).Select(NameOf));
            foreach (var type in user.GetAllTypes())
            {
                Collect(type);
            }
        }

        foreach (var type in _public.Where(type => _named.Contains(type.FullName) || type.Fields.Any(IsConstantInUse)))
        {
            Reach(type);
        }
    }

    /// <summary>Public types that no part above names and no signature of a used type leads to, and public members that no part above calls.</summary>
    /// <param name="library">The assembly that shows them.</param>
    /// <param name="users">The assemblies above it.</param>
    /// <param name="needed">What is needed all the same: <c>Type</c>, with all its members and whatever they lead to, or <c>Type.Member</c>.</param>
    public static IReadOnlyList<string> Unneeded(string library, IEnumerable<string> users, IReadOnlyCollection<string> needed)
    {
        using var module = ModuleDefinition.ReadModule(library);
        var above = users.Select(ModuleDefinition.ReadModule).ToArray();
        try
        {
            return [.. new SurfaceUse(module, above).Unneeded(needed).Order(StringComparer.Ordinal)];
        }
        finally
        {
            Array.ForEach(above, user => user.Dispose());
        }
    }

    private string[] Unneeded(IReadOnlyCollection<string> needed)
    {
        foreach (var type in _public.Where(type => needed.Contains(ShortName(type))))
        {
            Reach(type);
        }

        var types = _public.Where(type => !_reached.Contains(type.FullName)).Select(ShortName);
        var members = _public.Where(type => !type.IsEnum && _reached.Contains(type.FullName) && !needed.Contains(ShortName(type))).SelectMany(UnusedMembersOf);
        return [.. types.Concat(members.Except(needed)).Distinct()];
    }

    private IEnumerable<string> UnusedMembersOf(TypeDefinition type)
    {
        var positions = type.GetConstructors().Where(_ => IsRecord(type)).SelectMany(constructor => constructor.Parameters).Select(parameter => parameter.Name).ToHashSet();
        var fields = type.Fields.Where(field => field.IsPublic && !(field.HasConstant ? IsConstantInUse(field) : _called.Contains(NameOf(field)))).Select(field => field.Name);
        var properties = type.Properties
            .Where(property => !positions.Contains(property.Name) && property.Name != "EqualityContract")
            .Where(property => Accessors(property).Any(IsAsked) && !Accessors(property).Any(accessor => _called.Contains(NameOf(accessor))))
            .Select(property => property.Name);
        var methods = type.Methods.Where(method => IsAsked(method) && !method.IsGetter && !method.IsSetter && !_called.Contains(NameOf(method)))
            .Where(method => !method.IsConstructor || (!IsRecord(type) && method.HasParameters))
            .Where(method => !IsRecord(type) || method.Name is not ("Match" or "Equals" or "Deconstruct" or "<Clone>$"))
            .Where(method => !method.Name.StartsWith("op_", StringComparison.Ordinal))
            .Select(method => method.Name);
        return fields.Concat(properties).Concat(methods).Select(member => $"{ShortName(type)}.{member}");
    }

    private void Reach(TypeDefinition type)
    {
        if (!_reached.Add(type.FullName))
        {
            return;
        }

        var signatures = type.Methods.Where(IsSeen).SelectMany(method => method.Parameters.Select(parameter => parameter.ParameterType).Append(method.ReturnType).Concat(Constraints(method)))
            .Concat(type.Fields.Where(field => field.IsPublic || field.IsFamily).Select(field => field.FieldType))
            .Concat(type.Interfaces.Select(implemented => implemented.InterfaceType))
            .Concat(Constraints(type))
            .Append(type.BaseType)
            .Append(type.DeclaringType)
            .Concat(IsClosed(type) ? type.NestedTypes : []);
        foreach (var named in signatures.SelectMany(Parts))
        {
            if (_public.Find(known => known.FullName == named.FullName) is { } next)
            {
                Reach(next);
            }
        }
    }

    /// <summary>Texts alone: a number stands anywhere by chance.</summary>
    private bool IsConstantInUse(FieldDefinition field) => field is { IsPublic: true, HasConstant: true, Constant: string text } && _values.Contains(text);

    private void Collect(TypeDefinition type)
    {
        _derivedFrom.UnionWith(type.Interfaces.Select(implemented => implemented.InterfaceType).Append(type.BaseType).OfType<TypeReference>().Select(above => above.GetElementType().FullName));
        _values.UnionWith(type.Fields.Select(field => field.Constant).OfType<string>());
        _values.UnionWith(type.Methods.Where(method => method.HasBody).SelectMany(method => method.Body.Instructions).Select(instruction => instruction.Operand).OfType<string>());
        foreach (var owner in type.Methods.Cast<ICustomAttributeProvider>().Concat(type.Properties).Append(type))
        {
            _values.UnionWith(owner.CustomAttributes.SelectMany(attribute => attribute.ConstructorArguments.Concat(attribute.Properties.Select(named => named.Argument)))
                .Select(argument => argument.Value).OfType<string>());
        }
    }

    private static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null or GenericParameter => [],
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Append(generic.ElementType),
        TypeSpecification wrapped => Parts(wrapped.ElementType),
        _ => [type],
    };

    private static IEnumerable<TypeReference> Constraints(IGenericParameterProvider owner) => owner.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType);

    private static IEnumerable<MethodDefinition> Accessors(PropertyDefinition property) => new[] { property.GetMethod, property.SetMethod }.OfType<MethodDefinition>();

    private static bool IsOf(TypeReference type, ModuleDefinition library) => type.Scope.Name == library.Assembly.Name.Name;

    private static bool IsSeen(TypeDefinition type) => !type.Name.Contains('<', StringComparison.Ordinal) && (type.IsPublic || (type.IsNestedPublic && IsSeen(type.DeclaringType)));

    private static bool IsSeen(MethodDefinition method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    /// <summary>Not what the compiler adds, not what a base type or interface asks for, and not what a part above writes because it derives from the type.</summary>
    private bool IsAsked(MethodDefinition method) => method.IsPublic
        && (method.IsGetter || method.IsSetter || !method.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "CompilerGeneratedAttribute"))
        && (!method.IsVirtual || (method.IsNewSlot && (!method.IsFinal || method.DeclaringType.IsInterface) && !_derivedFrom.Contains(method.DeclaringType.FullName)));

    private static bool IsRecord(TypeDefinition type) => type.Methods.Any(method => method.Name is "<Clone>$" or "PrintMembers");

    /// <summary>Only what stands inside it can derive from it.</summary>
    private static bool IsClosed(TypeDefinition type) => type.IsAbstract && !type.IsInterface && type.NestedTypes.Any(nested => nested.BaseType?.FullName == type.FullName);

    private static string NameOf(MemberReference member) => $"{member.DeclaringType.GetElementType().FullName}::{member.Name}";

    private static string ShortName(TypeReference type) => (type.DeclaringType is { } outer ? ShortName(outer) + "." : "") + type.Name.Split('`')[0];
}
