namespace EltPs.Engine.Errors;

/// <summary>One thing that is wrong with a pipeline file: where, what, and what to write instead.</summary>
/// <param name="Location">The place.</param>
/// <param name="Message">What is wrong and what to write instead.</param>
public sealed record Complaint(SourceLocation Location, string Message)
{
    /// <summary><c>file(line,column): what is wrong</c>, the form that editors and build tools link.</summary>
    public override string ToString() => $"{Location}: {Message}";
}
