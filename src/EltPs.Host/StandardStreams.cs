using System.Text;

namespace EltPs.Host;

/// <summary>
/// The process's standard streams in UTF-8 without a byte order mark. Standard output is for objects and for what a script shows on
/// purpose; errors, warnings, verbose lines and progress go to standard error, so <c>elt … &gt; file</c> keeps the results alone.
/// </summary>
internal sealed class StandardStreams : IDisposable
{
    private const int WidthOfALog = 120;
    private readonly Encoding? _windowsConsoleEncoding;

    private StandardStreams(Encoding? windowsConsoleEncoding)
    {
        _windowsConsoleEncoding = windowsConsoleEncoding;
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

        // Flushed line by line: both streams may go to one log, and its lines must stay in order.
        Out = new StreamWriter(Console.OpenStandardOutput(), utf8) { AutoFlush = true };
        Error = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardError(), utf8) { AutoFlush = true });
        var dumb = Environment.GetEnvironmentVariable("TERM") == "dumb";
        var noColor = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        OutputIsTerminal = !Console.IsOutputRedirected;
        ErrorIsTerminal = !Console.IsErrorRedirected && !dumb;
        ColorsOutput = OutputIsTerminal && !dumb && !noColor;
        ColorsError = ErrorIsTerminal && !noColor;
        CanAsk = !Console.IsInputRedirected;
    }

    /// <summary>Writes a log to somewhere else, with no terminal at any end.</summary>
    /// <param name="output">In the place of standard output.</param>
    /// <param name="error">In the place of standard error.</param>
    public StandardStreams(TextWriter output, TextWriter error)
    {
        Out = output;
        Error = TextWriter.Synchronized(error);
    }

    public TextWriter Out { get; }

    public TextWriter Error { get; }

    /// <summary>Lines on standard error can be redrawn in place.</summary>
    public bool ErrorIsTerminal { get; }

    public bool ColorsOutput { get; }

    public bool ColorsError { get; }

    /// <summary>Standard input is a terminal, so a question can be answered.</summary>
    public bool CanAsk { get; }

    /// <summary>Columns of the terminal, or of a readable log.</summary>
    public int Width
    {
        get
        {
            if (!OutputIsTerminal)
            {
                return WidthOfALog;
            }

            try
            {
                // A pseudo terminal without a size says 0.
                return Console.WindowWidth is > 0 and var width ? width : WidthOfALog;
            }
            catch (IOException)
            {
                return WidthOfALog;
            }
        }
    }

    private bool OutputIsTerminal { get; }

    public static StandardStreams Open()
    {
        // Elsewhere a terminal reads UTF-8; a Windows console has a code page, which belongs to the shell that started elt.
        Encoding? before = null;
        if (OperatingSystem.IsWindows() && Console.OutputEncoding.CodePage != Encoding.UTF8.CodePage)
        {
            before = Console.OutputEncoding;
            Console.OutputEncoding = Encoding.UTF8;
        }

        return new StandardStreams(before);
    }

    public void Dispose()
    {
        Out.Flush();
        Error.Flush();
        if (_windowsConsoleEncoding is not null)
        {
            Console.OutputEncoding = _windowsConsoleEncoding;
        }
    }
}
