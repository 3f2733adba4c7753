using System.Management.Automation;

namespace EltPs.Objects;

/// <summary>
/// What a cmdlet writes: a picture of what the engine made, in values that mean the same behind ConvertTo-Json, Export-Clixml, Start-Job
/// and Export-Csv. A status is text, a duration is a number of seconds, a moment is a DateTime in UTC, and a name is text. No property can
/// be set.
/// </summary>
/// <remarks>
/// ConvertTo-Json writes the CLR properties of an object: an enum becomes a number and a TimeSpan eleven numbers. Export-Clixml and jobs
/// keep the text alone of an enum, and of a type that they do not know its properties one level deep; EltPs.Types.ps1xml says how deep it
/// is for these. Source: about_Types.ps1xml, "SerializationDepth"; ConvertTo-Json, "-EnumsAsStrings".
/// </remarks>
public abstract class EltObject
{
    private protected EltObject(object? source) => Source = source;

    /// <summary>
    /// What the engine made, for the cmdlet that is given the object; it never leaves the process. Null if no cmdlet takes the object.
    /// </summary>
    internal object? Source { get; }

    /// <summary>What the engine made, of an object that a cmdlet is given; any other object as it is.</summary>
    internal static object? Unwrap(object? value) => value switch
    {
        PSObject wrapped => Unwrap(wrapped.BaseObject),
        EltObject { Source: { } source } => source,
        _ => value,
    };
}
