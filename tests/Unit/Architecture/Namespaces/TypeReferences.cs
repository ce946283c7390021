using Mono.Cecil;

namespace UnitTests.Architecture.Namespaces;

/// <summary>Which types a compiled type names: in its signatures, attributes and code. What a comment says does not count, nor does a constant, whose value is copied.</summary>
internal sealed class TypeReferences
{
    private readonly HashSet<TypeReference> _found = new(new ByName());

    private TypeReferences(TypeDefinition type) => Type(type);

    /// <summary>The declaring types are reduced to the outermost: a closure or a nested case belongs to the file around it.</summary>
    public static IEnumerable<TypeReference> Of(TypeDefinition type) => new TypeReferences(type)._found.Select(Outermost).Distinct(new ByName());

    private static TypeReference Outermost(TypeReference type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private void Type(TypeDefinition type)
    {
        Add(type.BaseType);
        Attributes(type);
        Generics(type);
        AddAll(type.Interfaces.Select(implemented => implemented.InterfaceType));
        foreach (var field in type.Fields)
        {
            Add(field.FieldType);
            Attributes(field);
        }

        foreach (var property in type.Properties)
        {
            Attributes(property);
        }

        foreach (var method in type.Methods)
        {
            Method(method);
        }

        foreach (var nested in type.NestedTypes)
        {
            Type(nested);
        }
    }

    private void Method(MethodDefinition method)
    {
        Signature(method);
        Attributes(method);
        Generics(method);
        foreach (var parameter in method.Parameters)
        {
            Attributes(parameter);
        }

        if (!method.HasBody)
        {
            return;
        }

        AddAll(method.Body.Variables.Select(variable => variable.VariableType));
        AddAll(method.Body.ExceptionHandlers.Select(handler => handler.CatchType));
        foreach (var instruction in method.Body.Instructions)
        {
            Operand(instruction.Operand);
        }
    }

    private void Operand(object? operand)
    {
        switch (operand)
        {
            case TypeReference type:
                Add(type);
                break;
            case FieldReference field:
                Add(field.DeclaringType);
                Add(field.FieldType);
                break;
            case MethodReference method:
                Add(method.DeclaringType);
                Signature(method);
                break;
        }
    }

    private void Signature(MethodReference method)
    {
        Add(method.ReturnType);
        AddAll(method.Parameters.Select(parameter => parameter.ParameterType));
        AddAll((method as GenericInstanceMethod)?.GenericArguments ?? []);
    }

    private void Generics(IGenericParameterProvider owner) =>
        AddAll(owner.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType));

    private void Attributes(ICustomAttributeProvider owner)
    {
        foreach (var attribute in owner.CustomAttributes)
        {
            Add(attribute.AttributeType);
            AddAll(attribute.ConstructorArguments.Select(argument => argument.Value).OfType<TypeReference>());
            AddAll(attribute.Properties.Concat(attribute.Fields).Select(argument => argument.Argument.Value).OfType<TypeReference>());
        }
    }

    private void AddAll(IEnumerable<TypeReference?> types)
    {
        foreach (var type in types)
        {
            Add(type);
        }
    }

    private void Add(TypeReference? type)
    {
        switch (type)
        {
            case null or GenericParameter:
                break;
            case GenericInstanceType generic:
                Add(generic.ElementType);
                AddAll(generic.GenericArguments);
                break;
            case TypeSpecification wrapped:
                Add(wrapped.ElementType);
                break;
            default:
                _found.Add(type);
                break;
        }
    }

    private sealed class ByName : IEqualityComparer<TypeReference>
    {
        public bool Equals(TypeReference? x, TypeReference? y) => x?.FullName == y?.FullName;

        public int GetHashCode(TypeReference obj) => StringComparer.Ordinal.GetHashCode(obj.FullName);
    }
}
