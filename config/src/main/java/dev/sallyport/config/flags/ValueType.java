package dev.sallyport.config.flags;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the words given for a flag become its value.
 *
 * @param label what help shows for the value: {@code int}, {@code duration}
 * @param arity whether the flag takes a value, may stand alone, or gathers several
 * @param expected what is right, for the fault's line
 * @param parse from everything given, in order; throws IllegalArgumentException for what is wrong
 * @param <T> the value
 */
public record ValueType<T>(
    String label, Arity arity, String expected, Function<List<String>, T> parse) {

  /** How often a flag counts and whether it needs a value. */
  public enum Arity {
    /** Needs a value; the last one given counts. */
    ONE,
    /** Stands alone for true, or has its value behind {@code =}; the last one counts. */
    SWITCH,
    /** Needs a value, a list with commas; all given are joined. */
    LIST,
    /** Needs a value, taken as it stands; all given are joined. */
    ARRAY
  }

  private static final List<String> TRUE = List.of("1", "t", "T", "TRUE", "true", "True");
  private static final List<String> FALSE = List.of("0", "f", "F", "FALSE", "false", "False");

  public static final ValueType<Boolean> SWITCH =
      new ValueType<>("", Arity.SWITCH, "true or false", last(ValueType::bool));

  public static final ValueType<Integer> INT = one("int", "an integer", ValueType::integer);

  /** A number that may have a fraction. */
  public static final ValueType<Double> NUMBER = one("float", "a number", ValueType::number);

  public static final ValueType<Duration> DURATION =
      one("duration", "a time such as 30s, 1m30s or 300ms", GoDuration::parse);

  /** A number of seconds without a unit, as {@code --min-request-timeout} takes it. */
  public static final ValueType<Duration> SECONDS =
      one("int", "a whole number of seconds", text -> Duration.ofSeconds(integer(text)));

  public static final ValueType<String> STRING = one("string", "a text", text -> text);

  public static final ValueType<InetAddress> ADDRESS =
      one("ip", "an IP address", ValueType::address);

  /** A file or folder; the empty text is none. */
  public static final ValueType<Optional<Path>> FILE = one("file", "a file name", ValueType::path);

  /** An URL; the empty text is none. */
  public static final ValueType<Optional<URI>> URL = one("url", "a URL", ValueType::uri);

  public static final ValueType<List<String>> LIST =
      new ValueType<>("strings", Arity.LIST, "a list with commas", ValueType::items);

  public static final ValueType<List<String>> ARRAY =
      new ValueType<>("stringArray", Arity.ARRAY, "a text, repeated for more", List::copyOf);

  /** One of several names, as they are written. */
  public static <E extends Enum<E>> ValueType<E> choice(Class<E> type, Function<E, String> name) {
    return one("string", names(type, name), text -> choose(type, name, text));
  }

  /** An ordered list of names. */
  public static <E extends Enum<E>> ValueType<List<E>> choices(
      Class<E> type, Function<E, String> name) {
    return new ValueType<>(
        "strings",
        Arity.LIST,
        "a list of " + names(type, name),
        given -> items(given).stream().map(text -> choose(type, name, text)).toList());
  }

  private static <T> ValueType<T> one(String label, String expected, Function<String, T> parse) {
    return new ValueType<>(label, Arity.ONE, expected, last(parse));
  }

  private static <T> Function<List<String>, T> last(Function<String, T> parse) {
    return given -> parse.apply(given.get(given.size() - 1));
  }

  private static List<String> items(List<String> given) {
    List<String> all = new ArrayList<>();
    given.forEach(text -> all.addAll(CommaList.parse(text)));
    return all;
  }

  private static Boolean bool(String text) {
    if (TRUE.contains(text)) {
      return true;
    }
    if (FALSE.contains(text)) {
      return false;
    }
    throw new IllegalArgumentException(text);
  }

  /** Go's base 0: decimal, 0x, 0o or a leading 0 for octal, 0b. */
  private static Integer integer(String text) {
    boolean signed = text.startsWith("-") || text.startsWith("+");
    String digits = (signed ? text.substring(1) : text).toLowerCase(Locale.ROOT);
    if (digits.isEmpty() || digits.startsWith("-") || digits.startsWith("+")) {
      throw new IllegalArgumentException(text);
    }
    int radix = 10;
    int prefix = 0;
    if (digits.startsWith("0x")) {
      radix = 16;
      prefix = 2;
    } else if (digits.startsWith("0b")) {
      radix = 2;
      prefix = 2;
    } else if (digits.startsWith("0o")) {
      radix = 8;
      prefix = 2;
    } else if (digits.length() > 1 && digits.startsWith("0")) {
      radix = 8;
      prefix = 1;
    }
    return Integer.parseInt((text.startsWith("-") ? "-" : "") + digits.substring(prefix), radix);
  }

  private static Double number(String text) {
    double value = Double.parseDouble(text);
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(text);
    }
    return value;
  }

  private static InetAddress address(String text) {
    String bare =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    // Only what can be no name: InetAddress would ask the name servers for one.
    boolean literal =
        bare.indexOf(':') >= 0
            || (bare.chars().filter(c -> c == '.').count() == 3
                && bare.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9')));
    if (!literal) {
      throw new IllegalArgumentException(text);
    }
    try {
      return InetAddress.getByName(bare);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static Optional<Path> path(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static Optional<URI> uri(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(new URI(text));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static <E extends Enum<E>> E choose(
      Class<E> type, Function<E, String> name, String text) {
    return Stream.of(type.getEnumConstants())
        .filter(value -> name.apply(value).equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(text));
  }

  private static <E extends Enum<E>> String names(Class<E> type, Function<E, String> name) {
    return Stream.of(type.getEnumConstants()).map(name).collect(Collectors.joining(", "));
  }
}
