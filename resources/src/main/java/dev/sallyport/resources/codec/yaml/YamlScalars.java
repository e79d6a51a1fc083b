package dev.sallyport.resources.codec.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.sallyport.resources.codec.canonical.DecodeFailure;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/** What a scalar means, by the rules of YAML 1.1 as Go's library keeps them. */
final class YamlScalars {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String CORE = "tag:yaml.org,2002:";
  private static final BigInteger LARGEST =
      BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);

  private YamlScalars() {}

  static JsonNode value(ScalarEvent event) {
    String text = event.getValue();
    String tag = event.getTag().orElse(null);
    if (tag == null) {
      return event.isPlain() ? plain(text) : NODES.textNode(text);
    }
    return switch (tag) {
      case "!", CORE + "str", CORE + "timestamp" -> NODES.textNode(text);
      case CORE + "int", CORE + "float", CORE + "bool", CORE + "null" -> plain(text);
      case CORE + "binary" -> NODES.textNode(binary(text));
      default -> throw YamlTree.failure("unsupported tag '" + tag + "'");
    };
  }

  /** Refuses any tag but the plain one of a collection. */
  static void checkTag(@Nullable String tag, String plain) {
    if (tag != null && !tag.equals("!") && !tag.equals(CORE + plain)) {
      throw YamlTree.failure("unsupported tag '" + tag + "'");
    }
  }

  private static String binary(String text) {
    try {
      return new String(Base64.getMimeDecoder().decode(text), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw YamlTree.failure("!!binary value contains invalid base64 data");
    }
  }

  /** The meaning of a scalar without quotes. */
  static JsonNode plain(String text) {
    switch (text) {
      case "", "~", "null", "Null", "NULL" -> {
        return NullNode.instance;
      }
      case "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON" -> {
        return NODES.booleanNode(true);
      }
      case "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF" -> {
        return NODES.booleanNode(false);
      }
      default -> {
        return mayBeNumber(text) ? number(text) : NODES.textNode(text);
      }
    }
  }

  private static boolean mayBeNumber(String text) {
    char first = text.charAt(0);
    return (first >= '0' && first <= '9') || first == '+' || first == '-' || first == '.';
  }

  private static JsonNode number(String text) {
    switch (text) {
      case ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf" ->
          throw new DecodeFailure(
              "error converting YAML to JSON: json: unsupported value: " + text);
      default -> {
        String digits = text.replace("_", "");
        JsonNode whole = integer(digits);
        if (whole != null) {
          return whole;
        }
        return isFloat(digits) ? real(digits, text) : NODES.textNode(text);
      }
    }
  }

  /** A whole number in any base that Go's literals know, or null. */
  private static @Nullable JsonNode integer(String digits) {
    boolean signed = digits.startsWith("-") || digits.startsWith("+");
    String body = signed ? digits.substring(1) : digits;
    int radix = radix(body);
    String rest = body.substring(radix == 10 ? 0 : isLetter(body, 1) ? 2 : 1);
    if (rest.isEmpty() || rest.length() > Long.SIZE || !isNumber(rest, radix)) {
      return null;
    }
    BigInteger value = new BigInteger(rest, radix);
    if (value.compareTo(LARGEST) > 0) {
      return null;
    }
    BigInteger number = digits.startsWith("-") ? value.negate() : value;
    return number.bitLength() < Long.SIZE
        ? NODES.numberNode(number.longValueExact())
        : number.signum() > 0 ? NODES.numberNode(number) : null;
  }

  private static int radix(String body) {
    if (body.length() < 2 || body.charAt(0) != '0') {
      return 10;
    }
    return switch (body.charAt(1)) {
      case 'x', 'X' -> 16;
      case 'b', 'B' -> 2;
      default -> 8;
    };
  }

  private static boolean isLetter(String text, int at) {
    return "xXbBoO".indexOf(text.charAt(at)) >= 0;
  }

  private static boolean isNumber(String text, int radix) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > 'f' || Character.digit(c, radix) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Sign, digits with at most one point, and an exponent. */
  private static boolean isFloat(String text) {
    int at = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    int digits = 0;
    boolean point = false;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c >= '0' && c <= '9') {
        digits++;
      } else if (c == '.' && !point) {
        point = true;
      } else {
        break;
      }
    }
    return digits > 0 && (at == text.length() || isExponent(text, at));
  }

  private static boolean isExponent(String text, int from) {
    if (text.charAt(from) != 'e' && text.charAt(from) != 'E') {
      return false;
    }
    int at = from + 1;
    if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
      at++;
    }
    return at < text.length() && isNumber(text.substring(at), 10);
  }

  private static JsonNode real(String digits, String text) {
    double value = Double.parseDouble(digits);
    if (Double.isInfinite(value)) {
      return NODES.textNode(text);
    }
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
    return whole ? NODES.numberNode((long) value) : NODES.numberNode(value);
  }
}
