package dev.sallyport.resources.jsonpath;

import dev.sallyport.resources.jsonpath.JsonPath.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one path. Used once, by one thread. */
final class JsonPathParser {

  private static final int LONGEST = 10_000;

  private final String text;
  private int at;

  JsonPathParser(String text) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException("longer than " + LONGEST + " characters");
    }
    this.text = text;
  }

  JsonPath whole() {
    if (text.isEmpty() || (text.charAt(0) != '.' && text.charAt(0) != '[')) {
      throw fault("expected a path that begins with a dot");
    }
    JsonPath path = path();
    if (at < text.length()) {
      throw fault("unexpected " + text.charAt(at));
    }
    return path;
  }

  /** As far as a path goes; what follows belongs to whoever reads on. */
  JsonPath path() {
    List<Step> steps = new ArrayList<>();
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '.') {
        at++;
        dotted(steps);
      } else if (c == '[') {
        at++;
        steps.add(bracket());
      } else {
        break;
      }
    }
    return new JsonPath(steps);
  }

  private void dotted(List<Step> steps) {
    if (peek('.')) {
      at++;
      steps.add(Steps.descendants());
    }
    if (peek('*')) {
      at++;
      steps.add(Steps.every());
    } else if (!peek('[')) {
      String name = name();
      if (!name.isEmpty()) {
        steps.add(Steps.member(name));
      } else if (at < text.length()) {
        throw fault("expected a name");
      }
    }
  }

  private String name() {
    StringBuilder name = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\\' && at + 1 < text.length()) {
        name.append(text.charAt(at + 1));
        at += 2;
      } else if (".[]()=!<>&|, '\"@?{}".indexOf(c) >= 0) {
        break;
      } else {
        name.append(c);
        at++;
      }
    }
    return name.toString();
  }

  private Step bracket() {
    blank();
    Step step;
    if (peek('*')) {
      at++;
      step = Steps.every();
    } else if (peek('\'') || peek('"')) {
      step = Steps.member(quoted());
    } else if (peek('?')) {
      at++;
      expect('(');
      step = Steps.where(new FilterParser(this).condition());
      expect(')');
    } else {
      step = numbered();
    }
    expect(']');
    return step;
  }

  private Step numbered() {
    Integer from = integer();
    if (!peek(':')) {
      if (from == null) {
        throw fault("expected an index");
      }
      return Steps.index(from);
    }
    at++;
    Integer to = integer();
    int step = 1;
    if (peek(':')) {
      at++;
      Integer given = integer();
      step = given == null ? 1 : given;
    }
    if (step < 1) {
      throw fault("a slice's step must be above 0");
    }
    return Steps.slice(from, to, step);
  }

  private @Nullable Integer integer() {
    blank();
    int start = at;
    if (peek('-')) {
      at++;
    }
    while (at < text.length() && Character.isDigit(text.charAt(at))) {
      at++;
    }
    if (start == at) {
      return null;
    }
    try {
      int value = Integer.parseInt(text.substring(start, at));
      blank();
      return value;
    } catch (NumberFormatException e) {
      throw fault("expected an index");
    }
  }

  /** A text in quotes of either kind. */
  String quoted() {
    char quote = text.charAt(at++);
    StringBuilder value = new StringBuilder();
    while (at < text.length() && text.charAt(at) != quote) {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      value.append(text.charAt(at++));
    }
    expect(quote);
    return value.toString();
  }

  /** What stands there up to a blank or one of the characters; may be empty. */
  String word(String ends) {
    int start = at;
    while (at < text.length() && ends.indexOf(text.charAt(at)) < 0 && text.charAt(at) != ' ') {
      at++;
    }
    return text.substring(start, at);
  }

  void blank() {
    while (peek(' ')) {
      at++;
    }
  }

  boolean peek(char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  void skip(int characters) {
    at += characters;
  }

  boolean startsWith(String what) {
    return text.startsWith(what, at);
  }

  void expect(char c) {
    blank();
    if (!peek(c)) {
      throw fault("expected " + c);
    }
    at++;
  }

  IllegalArgumentException fault(String what) {
    return new IllegalArgumentException(what + " at character " + (at + 1));
  }
}
