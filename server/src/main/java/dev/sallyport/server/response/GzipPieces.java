package dev.sallyport.server.response;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Compresses another body on its way, quickly rather than well, as kube-apiserver does.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952</a>
 */
final class GzipPieces implements Pieces {

  private static final int READ = 32 << 10;

  private final Pieces plain;
  private final byte[] read = new byte[READ];
  private final Sink sink = new Sink();
  private @Nullable Compressor compressor;

  GzipPieces(Pieces plain) {
    this.plain = plain;
  }

  @Override
  public boolean fill(ByteBuf out) {
    sink.out = out;
    // What a compressor lets go of at once may be more than there is room for: half is enough.
    int enough = out.writableBytes() / 2;
    try {
      Compressor to = compressor();
      while (out.readableBytes() < enough) {
        ByteBuf next = Unpooled.wrappedBuffer(read).clear();
        boolean more = plain.fill(next);
        to.write(read, 0, next.readableBytes());
        if (!more) {
          to.finish();
          return false;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return true;
  }

  @Override
  public void close() {
    plain.close();
    Compressor used = compressor;
    if (used != null) {
      used.release();
    }
  }

  /** Made with the first piece, for it begins to write at once. */
  private Compressor compressor() throws IOException {
    Compressor made = compressor;
    if (made == null) {
      made = new Compressor(sink);
      compressor = made;
    }
    return made;
  }

  /** Hands what is compressed to the piece that is being made. */
  private static final class Sink extends OutputStream {
    private ByteBuf out = Unpooled.EMPTY_BUFFER;

    @Override
    public void write(int b) {
      out.writeByte(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      out.writeBytes(bytes, offset, length);
    }
  }

  private static final class Compressor extends GZIPOutputStream {
    Compressor(OutputStream out) throws IOException {
      super(out, READ);
      def.setLevel(Deflater.BEST_SPEED);
    }

    void release() {
      def.end();
    }
  }
}
