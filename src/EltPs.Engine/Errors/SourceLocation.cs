namespace EltPs.Engine.Errors;

/// <summary>A place in a file.</summary>
/// <param name="File">The file's path, as the user named it.</param>
/// <param name="Line">The line, counted from 1; 0 for the file as a whole.</param>
/// <param name="Column">The column, counted from 1; 0 for the file as a whole.</param>
public sealed record SourceLocation(string File, int Line, int Column)
{
    /// <summary><c>file(line,column)</c>, or the file alone.</summary>
    public override string ToString() => Line == 0 ? File : $"{File}({Line},{Column})";
}
