namespace EltPs.Tests.Reports;

/// <summary>A stream that keeps nothing but how much came at once.</summary>
internal sealed class LargestWrite : Stream
{
    private long _length;

    public int Largest { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _length;

    public override long Position { get => _length; set => throw new NotSupportedException(); }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count)
    {
        _length += count;
        Largest = Math.Max(Largest, count);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _length += buffer.Length;
        Largest = Math.Max(Largest, buffer.Length);
    }
}
