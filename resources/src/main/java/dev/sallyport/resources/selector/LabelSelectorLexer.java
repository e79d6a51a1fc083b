package dev.sallyport.resources.selector;

/**
 * Cuts a label selector into tokens: the operators, brackets and commas, and everything between
 * them as words. Reads one token ahead.
 */
final class LabelSelectorLexer {

  enum Kind {
    END,
    WORD,
    COMMA,
    OPEN,
    CLOSE,
    NOT,
    EQUALS,
    DOUBLE_EQUALS,
    NOT_EQUALS,
    GREATER,
    LESS,
    IN,
    NOT_IN,
    UNKNOWN
  }

  record Token(Kind kind, String text) {
    /** The token where a key or value may stand: there {@code in} and {@code notin} are words. */
    Kind asValue() {
      return kind == Kind.IN || kind == Kind.NOT_IN ? Kind.WORD : kind;
    }
  }

  private final String text;
  private int position;
  private Token next;

  LabelSelectorLexer(String text) {
    this.text = text;
    this.next = scan();
  }

  Token peek() {
    return next;
  }

  Token take() {
    Token taken = next;
    next = scan();
    return taken;
  }

  private Token scan() {
    while (position < text.length() && isSpace(text.charAt(position))) {
      position++;
    }
    if (position == text.length()) {
      return new Token(Kind.END, "");
    }
    return isSymbol(text.charAt(position)) ? symbol() : word();
  }

  private Token word() {
    int start = position;
    while (position < text.length()
        && !isSpace(text.charAt(position))
        && !isSymbol(text.charAt(position))) {
      position++;
    }
    String word = text.substring(start, position);
    return switch (word) {
      case "in" -> new Token(Kind.IN, word);
      case "notin" -> new Token(Kind.NOT_IN, word);
      default -> new Token(Kind.WORD, word);
    };
  }

  private Token symbol() {
    char first = text.charAt(position++);
    boolean equalsFollows = position < text.length() && text.charAt(position) == '=';
    if (equalsFollows && (first == '=' || first == '!')) {
      position++;
      return first == '=' ? new Token(Kind.DOUBLE_EQUALS, "==") : new Token(Kind.NOT_EQUALS, "!=");
    }
    return switch (first) {
      case ',' -> new Token(Kind.COMMA, ",");
      case '(' -> new Token(Kind.OPEN, "(");
      case ')' -> new Token(Kind.CLOSE, ")");
      case '!' -> new Token(Kind.NOT, "!");
      case '=' -> new Token(Kind.EQUALS, "=");
      case '>' -> new Token(Kind.GREATER, ">");
      case '<' -> new Token(Kind.LESS, "<");
      default -> new Token(Kind.UNKNOWN, String.valueOf(first));
    };
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  private static boolean isSymbol(char c) {
    return "=!(),><".indexOf(c) >= 0;
  }
}
