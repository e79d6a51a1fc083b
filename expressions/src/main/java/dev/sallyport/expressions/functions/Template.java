package dev.sallyport.expressions.functions;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelEvaluationException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Templates with clauses such as {@code %s}, {@code %d} and {@code %.2f}. Used once. */
final class Template {

  /** More digits are asked for by nobody who means well. */
  private static final int MOST_DIGITS = 100;

  private final String template;
  private final List<?> values;
  private final StringBuilder out = new StringBuilder();
  private int at;
  private int used;

  private Template(String template, List<?> values) {
    this.template = template;
    this.values = values;
  }

  static String fill(String template, List<?> values) throws CelEvaluationException {
    return new Template(template, values).fill();
  }

  private String fill() throws CelEvaluationException {
    while (at < template.length()) {
      char c = template.charAt(at++);
      if (c != '%') {
        out.append(c);
      } else if (at < template.length() && template.charAt(at) == '%') {
        out.append(c);
        at++;
      } else {
        clause();
      }
    }
    return out.toString();
  }

  private void clause() throws CelEvaluationException {
    int digits = precision();
    if (at >= template.length()) {
      throw new CelEvaluationException("unexpected end of string");
    }
    char verb = template.charAt(at++);
    if (used >= values.size()) {
      throw new CelEvaluationException("index " + used + " out of range");
    }
    Object value = values.get(used++);
    switch (verb) {
      case 's' -> out.append(text(value));
      case 'd' -> out.append(decimal(value));
      case 'f' -> out.append(fixed(number(value), digits));
      case 'e' -> out.append(String.format(Locale.ROOT, "%." + digits + "e", number(value)));
      case 'b' -> out.append(Long.toBinaryString(whole(value)));
      case 'o' -> out.append(Long.toOctalString(whole(value)));
      case 'x' -> out.append(hex(value));
      case 'X' -> out.append(hex(value).toUpperCase(Locale.ROOT));
      default ->
          throw new CelEvaluationException("unrecognized formatting clause \"" + verb + "\"");
    }
  }

  private int precision() throws CelEvaluationException {
    if (at >= template.length() || template.charAt(at) != '.') {
      return 6;
    }
    int digits = 0;
    at++;
    while (at < template.length() && Character.digit(template.charAt(at), 10) >= 0) {
      digits = digits * 10 + Character.digit(template.charAt(at++), 10);
      if (digits > MOST_DIGITS) {
        throw new CelEvaluationException("precision too large");
      }
    }
    return digits;
  }

  private static String text(Object value) {
    if (value instanceof List<?> list) {
      return "[" + String.join(", ", list.stream().map(Template::text).toList()) + "]";
    }
    if (value instanceof Map<?, ?> map) {
      List<String> entries =
          map.entrySet().stream()
              .map(entry -> text(entry.getKey()) + ": " + text(entry.getValue()))
              .sorted()
              .toList();
      return "{" + String.join(", ", entries) + "}";
    }
    if (value instanceof Double number) {
      return number == Math.rint(number) && Math.abs(number) < 1e21
          ? new BigDecimal(number).toPlainString()
          : number.toString();
    }
    return value instanceof NullValue ? "null" : value.toString();
  }

  private static String decimal(Object value) throws CelEvaluationException {
    if (value instanceof Long || value instanceof UnsignedLong) {
      return value.toString();
    }
    return text(number(value));
  }

  private static String fixed(double number, int digits) {
    return new BigDecimal(number).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
  }

  private static String hex(Object value) throws CelEvaluationException {
    if (value instanceof String text) {
      StringBuilder hex = new StringBuilder();
      for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
        hex.append(String.format(Locale.ROOT, "%02x", one));
      }
      return hex.toString();
    }
    return Long.toHexString(whole(value));
  }

  private static long whole(Object value) throws CelEvaluationException {
    if (value instanceof Long number) {
      return number;
    }
    if (value instanceof Boolean truth) {
      return truth ? 1 : 0;
    }
    throw new CelEvaluationException("integer or boolean expected by formatting clause");
  }

  private static double number(Object value) throws CelEvaluationException {
    if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
      return number.doubleValue();
    }
    throw new CelEvaluationException("number expected by formatting clause");
  }
}
