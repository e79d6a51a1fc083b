package dev.sallyport.config.routes;

import java.util.ArrayList;
import java.util.List;

/**
 * A pattern for whole paths as Go's {@code path.Match} reads it: {@code *} for any characters but a
 * slash, {@code ?} for one, {@code [a-z]} and {@code [^a-z]} for one out of some, a backslash
 * before what shall stand for itself. Immutable.
 *
 * @see <a href="https://pkg.go.dev/path#Match">path.Match</a>
 */
public final class PathPattern {

  private final String text;
  private final List<Piece> pieces;

  /** One element of a pattern. */
  private sealed interface Piece {
    record Exactly(int character) implements Piece {}

    record AnyOne() implements Piece {}

    record AnyRun() implements Piece {}

    record OneOf(List<int[]> ranges, boolean negated) implements Piece {
      boolean holds(int character) {
        for (int[] range : ranges) {
          if (range[0] <= character && character <= range[1]) {
            return !negated;
          }
        }
        return negated;
      }
    }
  }

  private PathPattern(String text, List<Piece> pieces) {
    this.text = text;
    this.pieces = pieces;
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException with what is wrong with it
   */
  public static PathPattern parse(String text) {
    return new PathPattern(text, new Reader(text).pieces());
  }

  /** Whether the whole path is as the pattern says. */
  public boolean matches(String path) {
    int[] characters = path.codePoints().toArray();
    int piece = 0;
    int at = 0;
    int runPiece = -1;
    int runAt = -1;
    while (at < characters.length || piece < pieces.size()) {
      if (piece < pieces.size() && pieces.get(piece) instanceof Piece.AnyRun) {
        runPiece = piece++;
        runAt = at;
      } else if (piece < pieces.size()
          && at < characters.length
          && takes(pieces.get(piece), characters[at])) {
        piece++;
        at++;
      } else if (runPiece >= 0 && runAt < characters.length && characters[runAt] != '/') {
        // The last run takes one more; earlier runs need never be tried again.
        at = ++runAt;
        piece = runPiece + 1;
      } else {
        return false;
      }
    }
    return true;
  }

  private static boolean takes(Piece piece, int character) {
    if (piece instanceof Piece.Exactly exactly) {
      return exactly.character() == character;
    }
    if (piece instanceof Piece.OneOf some) {
      return character != '/' && some.holds(character);
    }
    return character != '/';
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PathPattern pattern && pattern.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** As it was written. */
  @Override
  public String toString() {
    return text;
  }

  /** Takes a pattern apart. */
  private static final class Reader {
    private final int[] text;
    private int at;

    Reader(String pattern) {
      this.text = pattern.codePoints().toArray();
    }

    List<Piece> pieces() {
      List<Piece> pieces = new ArrayList<>();
      while (at < text.length) {
        switch (text[at]) {
          case '*' -> {
            at++;
            pieces.add(new Piece.AnyRun());
          }
          case '?' -> {
            at++;
            pieces.add(new Piece.AnyOne());
          }
          case '[' -> {
            at++;
            pieces.add(some());
          }
          default -> pieces.add(new Piece.Exactly(character()));
        }
      }
      return List.copyOf(pieces);
    }

    private Piece some() {
      boolean negated = peek() == '^';
      if (negated) {
        at++;
      }
      List<int[]> ranges = new ArrayList<>();
      while (peek() != ']' || ranges.isEmpty()) {
        int low = bound();
        int high = low;
        if (peek() == '-') {
          at++;
          high = bound();
        }
        ranges.add(new int[] {low, high});
      }
      at++;
      return new Piece.OneOf(List.copyOf(ranges), negated);
    }

    private int bound() {
      int c = peek();
      if (c == '-' || c == ']') {
        throw new IllegalArgumentException("expected a character before " + (char) c);
      }
      return character();
    }

    private int character() {
      int c = peek();
      at++;
      if (c == '\\') {
        c = peek();
        at++;
      }
      return c;
    }

    private int peek() {
      if (at >= text.length) {
        throw new IllegalArgumentException("ends too early");
      }
      return text[at];
    }
  }
}
