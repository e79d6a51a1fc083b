package dev.sallyport.server.endpoint.filtered;

import java.nio.charset.StandardCharsets;

/**
 * Takes a list apart: its members, and of {@code items} or {@code rows} each element. For one
 * thread.
 */
final class ListPieces implements JsonPieces {

  private static final int LONGEST_NAME = 128;

  private final JsonValue value;
  private final Reader reader;
  private Place place = Place.BEFORE;
  private String name = "";

  private enum Place {
    BEFORE,
    BEFORE_NAME,
    NAME,
    BEFORE_COLON,
    BEFORE_VALUE,
    VALUE,
    BEFORE_ELEMENT,
    ELEMENT,
    BEHIND
  }

  /** Who is told, in order. */
  interface Reader {
    void member(String name, byte[] json) throws UnreadableAnswer;

    /** The elements of that member follow. */
    void opened(String name) throws UnreadableAnswer;

    void element(byte[] json) throws UnreadableAnswer;

    void closed();

    /** The list is whole. */
    void ended();
  }

  /**
   * @param most how many bytes an element, or a member without elements, may have
   */
  ListPieces(int most, Reader reader) {
    this.value = new JsonValue(most);
    this.reader = reader;
  }

  @Override
  public void take(byte[] piece) throws UnreadableAnswer {
    int at = 0;
    while (at < piece.length) {
      if (gathers()) {
        at = value.take(piece, at, piece.length);
        if (value.complete()) {
          gathered();
        }
      } else if (JsonPieces.blank(piece[at])) {
        at++;
      } else {
        at += step(piece[at]);
      }
    }
  }

  private boolean gathers() {
    return place == Place.NAME || place == Place.VALUE || place == Place.ELEMENT;
  }

  private void gathered() throws UnreadableAnswer {
    byte[] json = value.next();
    switch (place) {
      case NAME -> {
        name = name(json);
        place = Place.BEFORE_COLON;
      }
      case VALUE -> {
        reader.member(name, json);
        place = Place.BEFORE_NAME;
      }
      default -> {
        reader.element(json);
        place = Place.BEFORE_ELEMENT;
      }
    }
  }

  private static String name(byte[] json) throws UnreadableAnswer {
    if (json.length > LONGEST_NAME) {
      throw new UnreadableAnswer("a member with a long name");
    }
    String text = new String(json, 1, json.length - 2, StandardCharsets.UTF_8);
    if (text.indexOf('\\') >= 0) {
      throw new UnreadableAnswer("a member whose name is written oddly");
    }
    return text;
  }

  /** Looks at a byte between values; 0 if it belongs to the next value. */
  private int step(byte next) throws UnreadableAnswer {
    return switch (place) {
      case BEFORE -> expect(next == '{', Place.BEFORE_NAME);
      case BEFORE_NAME -> beforeName(next);
      case BEFORE_COLON -> expect(next == ':', Place.BEFORE_VALUE);
      case BEFORE_VALUE -> beforeValue(next);
      case BEFORE_ELEMENT -> beforeElement(next);
      default -> throw new UnreadableAnswer("more than a list");
    };
  }

  private int expect(boolean right, Place then) throws UnreadableAnswer {
    if (!right) {
      throw new UnreadableAnswer("something that is no list");
    }
    place = then;
    return 1;
  }

  private int beforeName(byte next) throws UnreadableAnswer {
    if (next == '}') {
      place = Place.BEHIND;
      reader.ended();
      return 1;
    }
    if (next == ',') {
      return 1;
    }
    expect(next == '"', Place.NAME);
    return 0;
  }

  private int beforeValue(byte next) throws UnreadableAnswer {
    if (next == '[' && (name.equals("items") || name.equals("rows"))) {
      place = Place.BEFORE_ELEMENT;
      reader.opened(name);
      return 1;
    }
    expect(next != ',' && next != '}' && next != ']', Place.VALUE);
    return 0;
  }

  private int beforeElement(byte next) throws UnreadableAnswer {
    if (next == ']') {
      place = Place.BEFORE_NAME;
      reader.closed();
      return 1;
    }
    if (next == ',') {
      return 1;
    }
    expect(next == '{', Place.ELEMENT);
    return 0;
  }

  @Override
  public void end() throws UnreadableAnswer {
    if (place != Place.BEHIND) {
      throw new UnreadableAnswer("a list that is cut short");
    }
  }
}
