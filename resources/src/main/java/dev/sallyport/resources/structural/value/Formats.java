package dev.sallyport.resources.structural.value;

import dev.sallyport.api.IpText;
import dev.sallyport.resources.codec.canonical.DecodeFailure;
import dev.sallyport.resources.codec.canonical.Quantities;
import dev.sallyport.resources.structural.tree.KnownFormats;
import dev.sallyport.resources.structural.tree.Regex;
import dev.sallyport.resources.validation.Names;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;

/** Whether a text is of a format that schemas name. */
final class Formats {

  private static final String HEX = "[0-9a-fA-F]";
  private static final String NODE = "-?" + HEX + "{4}-?" + HEX + "{12}$";
  private static final String VARIANT = "-?[89abAB]" + HEX + "{3}-?" + HEX + "{12}$";
  private static final String HEAD = "^" + HEX + "{8}-?" + HEX + "{4}-?";

  private static final Map<String, Regex> PATTERNS =
      Map.ofEntries(
          pattern("bsonobjectid", "^" + HEX + "{24}$"),
          pattern("uuid", HEAD + HEX + "{4}" + NODE),
          pattern("uuid3", HEAD + "3" + HEX + "{3}" + NODE),
          pattern("uuid4", HEAD + "4" + HEX + "{3}" + VARIANT),
          pattern("uuid5", HEAD + "5" + HEX + "{3}" + VARIANT),
          pattern("ssn", "^\\d{3}[- ]?\\d{2}[- ]?\\d{4}$"),
          pattern("hexcolor", "^#?(" + HEX + "{3}|" + HEX + "{6})$"),
          pattern("rgbcolor", "^rgb\\(" + colour() + "," + colour() + "," + colour() + "\\)$"),
          pattern(
              "hostname",
              "^([a-zA-Z0-9\\p{L}\\p{S}]([a-zA-Z0-9\\p{L}\\p{S}-]{0,62}"
                  + "[a-zA-Z0-9\\p{L}\\p{S}])?)"
                  + "(\\.[a-zA-Z0-9\\p{L}\\p{S}]([a-zA-Z0-9\\p{L}\\p{S}-]{0,62}"
                  + "[a-zA-Z0-9\\p{L}\\p{S}])?)*$"),
          pattern(
              "datetime",
              "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
                  + "(\\.[0-9]+)?([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$"));

  private Formats() {}

  private static Map.Entry<String, Regex> pattern(String format, String pattern) {
    return Map.entry(format, new Regex(pattern));
  }

  private static String colour() {
    return "\\s*(0|[1-9]\\d?|1\\d\\d?|2[0-4]\\d|25[0-5])\\s*";
  }

  /**
   * @param format one of those known; any other fits all texts
   */
  static boolean fits(String format, String text) {
    String name = KnownFormats.normal(format);
    Regex pattern = PATTERNS.get(name);
    if (pattern != null) {
      return pattern.found(text) && (!name.equals("datetime") || isDate(text.substring(0, 10)));
    }
    return switch (name) {
      case "date" -> isDate(text);
      case "duration" -> Durations.isDuration(text);
      case "byte" -> isBase64(text);
      case "quantity" -> isQuantity(text);
      case "uri" -> Locators.isUri(text);
      case "email" -> Locators.isEmail(text);
      case "ipv4" -> IpText.isFour(text);
      case "ipv6" -> IpText.isSixteen(text);
      case "cidr" -> IpText.prefixLength(text) >= 0;
      case "mac" -> Locators.isMac(text);
      case "isbn" -> CheckDigits.isIsbn10(text) || CheckDigits.isIsbn13(text);
      case "isbn10" -> CheckDigits.isIsbn10(text);
      case "isbn13" -> CheckDigits.isIsbn13(text);
      case "creditcard" -> CheckDigits.isCreditCard(text);
      case "k8sshortname" -> Names.label(text).isEmpty();
      case "k8slongname" -> Names.subdomain(text).isEmpty();
      default -> true;
    };
  }

  private static boolean isDate(String text) {
    try {
      LocalDate.parse(text);
      return text.length() == 10;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean isQuantity(String text) {
    try {
      Quantities.canonical(text);
      return true;
    } catch (DecodeFailure e) {
      return false;
    }
  }

  /** Standard alphabet with padding; line breaks do not count. */
  private static boolean isBase64(String text) {
    int digits = 0;
    int padding = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\r' || c == '\n') {
        continue;
      }
      if (c == '=') {
        padding++;
      } else if (padding > 0 || !isBase64Digit(c)) {
        return false;
      } else {
        digits++;
      }
    }
    return padding <= 2 && (digits + padding) % 4 == 0;
  }

  private static boolean isBase64Digit(char c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || c == '+'
        || c == '/';
  }
}
