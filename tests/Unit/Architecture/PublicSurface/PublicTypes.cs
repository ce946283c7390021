using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace UnitTests.Architecture.PublicSurface;

/// <summary>What a program that references a library can see of it: types, members, signatures. What a compiler adds to a record is left out.</summary>
internal static class PublicTypes
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        var types = assembly.GetExportedTypes().Where(type => !type.FullName!.Contains('<', StringComparison.Ordinal)).ToArray();
        foreach (var space in types.GroupBy(type => type.Namespace).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"# {space.Key}\n\n");
            foreach (var type in space.OrderBy(CSharp.Name, StringComparer.Ordinal))
            {
                text.Append(Heading(type)).Append('\n');
                foreach (var member in Members(type).Order(StringComparer.Ordinal))
                {
                    text.Append("    ").Append(member).Append('\n');
                }

                text.Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Heading(Type type)
    {
        var kind = type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            _ when type.IsAssignableTo(typeof(Delegate)) => "delegate",
            { IsValueType: true } => IsRecord(type) ? "record struct" : "struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => IsRecord(type) ? "abstract record" : "abstract class",
            { IsSealed: true } => IsRecord(type) ? "sealed record" : "sealed class",
            _ => IsRecord(type) ? "record" : "class",
        };
        var inherited = type.BaseType?.GetInterfaces() ?? [];
        var bases = new[] { type.BaseType }.OfType<Type>().Where(above => above != typeof(object) && above != typeof(ValueType) && above != typeof(Enum))
            .Concat(type.IsEnum ? [] : type.GetInterfaces().Except(inherited).Where(seen => seen.IsVisible && seen.Name != "IEquatable`1")).Select(CSharp.Of).ToArray();
        return $"{kind} {CSharp.Of(type)}{(bases.Length == 0 ? "" : " : " + string.Join(", ", bases))}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name), CultureInfo.InvariantCulture)}");
        }

        return type.GetFields(Declared).Where(field => Seen(field) && !field.IsSpecialName).Select(Field)
            .Concat(type.GetProperties(Declared).Where(property => property.Name != "EqualityContract" && property.GetAccessors(nonPublic: true).Any(Seen)).Select(Property))
            .Concat(type.GetEvents(Declared).Where(happening => Seen(happening.AddMethod!)).Select(happening => $"event {CSharp.Of(happening)} {happening.Name}"))
            .Concat(type.GetConstructors(Declared).Where(constructor => Seen(constructor) && !IsCopy(constructor)).Select(constructor => $"{Modifiers(constructor)}{CSharp.Name(type).Split('.')[^1]}({Parameters(constructor)})"))
            .Concat(type.GetMethods(Declared).Where(method => Seen(method) && !method.IsSpecialName).Select(Method));
    }

    private static string Field(FieldInfo field) => field.IsLiteral
        ? $"const {CSharp.Of(field)} {field.Name} = {field.GetRawConstantValue()}"
        : $"{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{CSharp.Of(field)} {field.Name}";

    private static string Property(PropertyInfo property)
    {
        var getter = property.GetMethod is { } get && Seen(get) ? "get; " : "";
        var setter = property.SetMethod is { } set && Seen(set) ? set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init; " : "set; " : "";
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        var index = property.GetIndexParameters() is { Length: > 0 } indices ? $"[{string.Join(", ", indices.Select(CSharp.Of))}]" : "";
        return $"{Modifiers(property.GetAccessors(nonPublic: true).First(Seen))}{required}{CSharp.Of(property)} {property.Name}{index} {{ {getter}{setter}}}";
    }

    private static string Method(MethodInfo method)
    {
        var generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(CSharp.Of))}>" : "";
        return $"{Modifiers(method)}{CSharp.Of(method.ReturnParameter)} {method.Name}{generic}({(method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "")}{Parameters(method)})";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{(parameter.IsOut ? "out " : parameter.IsIn ? "in " : parameter.ParameterType.IsByRef ? "ref " : "")}{CSharp.Of(parameter)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {parameter.DefaultValue ?? "default"}" : "")}"));

    private static string Modifiers(MethodBase method)
    {
        var scope = method.IsFamily || method.IsFamilyOrAssembly ? "protected " : "";
        var overriding = method is MethodInfo { IsVirtual: true } own && own.GetBaseDefinition() != own ? "override " : "";
        var virtuality = method.DeclaringType!.IsInterface || overriding.Length > 0 ? overriding : method.IsAbstract ? "abstract " : method is { IsVirtual: true, IsFinal: false } ? "virtual " : "";
        return scope + (method.IsStatic ? "static " : "") + virtuality;
    }

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$", Declared) is not null || type.GetMethod("PrintMembers", Declared) is not null;

    private static bool IsCopy(ConstructorInfo constructor) => IsRecord(constructor.DeclaringType!) && constructor.GetParameters() is [var only] && only.ParameterType == constructor.DeclaringType;

    /// <summary>Public, or protected in a type that others may derive from.</summary>
    private static bool Seen(MethodBase method) => (method.IsPublic || ((method.IsFamily || method.IsFamilyOrAssembly) && !method.DeclaringType!.IsSealed))
        && (method.IsSpecialName || !method.IsDefined(typeof(CompilerGeneratedAttribute)));

    private static bool Seen(FieldInfo field) => field.IsPublic || ((field.IsFamily || field.IsFamilyOrAssembly) && !field.DeclaringType!.IsSealed);
}
