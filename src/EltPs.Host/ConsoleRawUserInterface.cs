using System.Management.Automation.Host;

namespace EltPs.Host;

/// <summary>The terminal's size, which formatting asks for. elt never addresses the screen by cells.</summary>
internal sealed class ConsoleRawUserInterface(StandardStreams console) : PSHostRawUserInterface
{
    private const int HeightOfALog = 50;

    public override Size BufferSize
    {
        get => new(console.Width, HeightOfALog);
        set => throw NotAScreen();
    }

    public override Size WindowSize
    {
        get => BufferSize;
        set => throw NotAScreen();
    }

    public override Size MaxWindowSize => BufferSize;

    public override Size MaxPhysicalWindowSize => BufferSize;

    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    public override Coordinates CursorPosition { get; set; }

    public override Coordinates WindowPosition { get; set; }

    public override int CursorSize { get; set; }

    public override string WindowTitle { get; set; } = "elt";

    public override bool KeyAvailable => false;

    public override KeyInfo ReadKey(ReadKeyOptions options) => throw NotAScreen();

    public override void FlushInputBuffer()
    {
    }

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw NotAScreen();

    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) =>
        throw NotAScreen();

    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) => throw NotAScreen();

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw NotAScreen();

    private static HostException NotAScreen() => new("elt writes lines; it does not control the screen.");
}
