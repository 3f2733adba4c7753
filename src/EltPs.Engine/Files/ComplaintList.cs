using EltPs.Engine.Errors;

namespace EltPs.Engine.Files;

/// <summary>Collects everything that is wrong with one file, so that its author sees all of it at once.</summary>
/// <param name="file">The file's path as the user named it.</param>
public sealed class ComplaintList(string file)
{
    private const int ShownComplaints = 20;
    private const int ShownCharacters = 60;

    // Whatever made the message, a driver or PowerShell's parser, it must not print half of the file.
    private const int LongestMessage = 400;
    private readonly List<Complaint> _complaints = [];
    private readonly List<((int Line, int Column) From, (int Line, int Column) To)> _unreadable = [];

    /// <summary>How many complaints there are.</summary>
    public int Count => _complaints.Count;

    /// <summary>The complaints, in the order in which they were made.</summary>
    public IReadOnlyList<Complaint> All => _complaints;

    /// <summary>A place in the file.</summary>
    public SourceLocation At(int line, int column) => new(file, line, column);

    /// <summary>Complains about the file as a whole (line 0) or a place in it.</summary>
    public void Add(int line, int column, string message) => Add(At(line, column), message);

    /// <summary>
    /// Complains about a part of the file that cannot be read. Something else stands there for the readers of the values, so that a later
    /// complaint about a place in it is a consequence of this one, and is left out.
    /// </summary>
    /// <param name="place">The place that the complaint names.</param>
    /// <param name="from">Where the part begins.</param>
    /// <param name="to">The place behind it.</param>
    /// <param name="message">What is wrong.</param>
    public void AddUnreadable((int Line, int Column) place, (int Line, int Column) from, (int Line, int Column) to, string message)
    {
        Add(place.Line, place.Column, message);
        _unreadable.Add((from, to));
    }

    /// <summary>Complains about a value.</summary>
    public void Add(DataNode node, string message)
    {
        ArgumentNullException.ThrowIfNull(node);
        Add(node.Line, node.Column, message);
    }

    /// <summary>Complains about a place that may be in another file.</summary>
    public void Add(SourceLocation location, string message)
    {
        ArgumentNullException.ThrowIfNull(location);
        ArgumentNullException.ThrowIfNull(message);
        if (location.File == file && _unreadable.Exists(part => IsIn(part, (location.Line, location.Column))))
        {
            return;
        }

        _complaints.Add(
            new Complaint(location, message.Length > LongestMessage ? string.Concat(message.AsSpan(0, LongestMessage), "…") : message));
    }

    private static bool IsIn(((int Line, int Column) From, (int Line, int Column) To) part, (int Line, int Column) place) =>
        part.From.CompareTo(place) <= 0 && place.CompareTo(part.To) < 0;

    /// <summary>Throws if there are complaints.</summary>
    /// <exception cref="EltException"><see cref="EltErrorKind.InvalidPipelineFile"/>, with all complaints.</exception>
    public void ThrowIfAny()
    {
        if (Count > 0)
        {
            throw ToException();
        }
    }

    /// <summary>An exception with all complaints; its message shows the first of them, a line each, in the file's order.</summary>
    public EltException ToException()
    {
        var complaints = _complaints
            .OrderBy(complaint => complaint.Location.File == file ? 0 : 1)
            .ThenBy(complaint => complaint.Location.Line)
            .ThenBy(complaint => complaint.Location.Column)
            .ToArray();
        var lines = complaints.Take(ShownComplaints).Select(complaint => complaint.ToString()).ToList();
        if (complaints.Length > ShownComplaints)
        {
            lines.Add($"… and {complaints.Length - ShownComplaints} more");
        }

        return new EltException(EltErrorKind.InvalidPipelineFile, string.Join('\n', lines)) { Complaints = complaints };
    }

    /// <summary>A text from the file as a complaint shows it: in quotes, on one line, cut if it is long.</summary>
    public static string Show(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var shown = text.Length > ShownCharacters ? string.Concat(text.AsSpan(0, ShownCharacters), "…") : text;
        return $"'{string.Concat(shown.Select(letter => char.IsControl(letter) ? ' ' : letter))}'";
    }
}
