package dev.sallyport.authz.upstream;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/** Puts pieces of bytes together into lines. For one thread at a time. */
final class Lines {

  private final int longest;
  private final Consumer<byte[]> lines;
  private ByteArrayOutputStream begun = new ByteArrayOutputStream(0);

  /**
   * @param longest how many bytes a line may have
   * @param lines takes each line that is not empty, without its end
   */
  Lines(int longest, Consumer<byte[]> lines) {
    this.longest = longest;
    this.lines = lines;
  }

  /**
   * @throws IllegalArgumentException when a line becomes too long
   */
  void add(byte[] piece) {
    int start = 0;
    for (int i = 0; i < piece.length; i++) {
      if (piece[i] == '\n') {
        begun.write(piece, start, i - start);
        if (begun.size() > 0) {
          lines.accept(begun.toByteArray());
        }
        begun = new ByteArrayOutputStream(0);
        start = i + 1;
      }
    }
    if (begun.size() + piece.length - start > longest) {
      throw new IllegalArgumentException("an event of more than " + longest + " bytes");
    }
    begun.write(piece, start, piece.length - start);
  }
}
