package dev.sallyport.resources.validation;

import java.util.ArrayList;
import java.util.List;

/**
 * The shapes of names, labels and keys. Each check answers the faults in the API's words; an empty
 * list means the text is fine. Byte scans, no regular expressions.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/names/">Object
 *     names and IDs</a>
 */
public final class Names {

  private static final int LABEL_LENGTH = 63;
  private static final int SUBDOMAIN_LENGTH = 253;

  private static final String SUBDOMAIN_FAULT =
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex"
          + " used for validation is"
          + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
  private static final String LABEL_FAULT =
      "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and"
          + " must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc',"
          + " regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
  private static final String QUALIFIED_FAULT =
      "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
          + " alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for"
          + " validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
  private static final String LABEL_VALUE_FAULT =
      "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or"
          + " 'my_value',  or '12345', regex used for validation is"
          + " '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
  private static final String CONFIG_KEY_FAULT =
      "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g."
          + " 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is"
          + " '[-._a-zA-Z0-9]+')";

  private static final String UNDERSCORED_SUBDOMAIN_FAULT =
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-',"
          + " '_', or '.', and must start and end with an alphanumeric character, with the"
          + " exception of the first character of a subdomain which may also be an underscore"
          + " (e.g. 'example.com', regex used for validation is"
          + " '[a-z0-9_]([-_a-z0-9]*[a-z0-9])?(\\.[a-z0-9_]([-_a-z0-9]*[a-z0-9])?)*')";
  private static final String DNS_1035_FAULT =
      "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an"
          + " alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or"
          + " 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
  private static final String HEADER_FAULT =
      "a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name',"
          + " regex used for validation is '[-A-Za-z0-9]+')";
  private static final int PORT_NAME_LENGTH = 15;

  private static final String WILDCARD_FAULT =
      "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which"
          + " must consist of lower case alphanumeric characters, '-' or '.' and end with an"
          + " alphanumeric character (e.g. '*.example.com', regex used for validation is"
          + " '\\*\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
  private static final String PATH_FAULT =
      "Invalid path (e.g. 'path', regex used for validation is"
          + " '[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+')";

  private Names() {}

  /** As {@link #subdomain}, where underscores are welcome too: domains that are searched. */
  public static List<String> subdomainWithUnderscores(String name) {
    List<String> faults = new ArrayList<>(2);
    if (name.length() > SUBDOMAIN_LENGTH) {
      faults.add("must be no more than " + SUBDOMAIN_LENGTH + " characters");
    }
    if (!isSubdomain(name.replace('_', 'a'))) {
      faults.add(UNDERSCORED_SUBDOMAIN_FAULT);
    }
    return faults;
  }

  /** RFC 1035 label: services that DNS names, ports of policies. */
  public static List<String> dns1035Label(String name) {
    List<String> faults = new ArrayList<>(2);
    if (name.length() > LABEL_LENGTH) {
      faults.add("must be no more than " + LABEL_LENGTH + " characters");
    }
    if (!isLabel(name, 0, name.length()) || !isLower(name.charAt(0))) {
      faults.add(DNS_1035_FAULT);
    }
    return faults;
  }

  /** The name of a container's port. */
  public static List<String> portName(String name) {
    List<String> faults = new ArrayList<>(2);
    if (name.length() > PORT_NAME_LENGTH) {
      faults.add("must be no more than " + PORT_NAME_LENGTH + " characters");
    }
    boolean letter = false;
    boolean fits = true;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      letter |= isLower(c);
      fits &= isLower(c) || isDigit(c) || c == '-';
    }
    if (!fits || name.isEmpty()) {
      faults.add("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
    }
    if (!letter) {
      faults.add("must contain at least one letter (a-z)");
    }
    if (name.contains("--")) {
      faults.add("must not contain consecutive hyphens");
    }
    if (name.startsWith("-") || name.endsWith("-")) {
      faults.add("must not begin or end with a hyphen");
    }
    return faults;
  }

  /** The name of an environment variable, by the wider of the two rules that there were. */
  public static List<String> environmentVariable(String name) {
    if (name.isEmpty()) {
      return List.of("environment variable name must be non-empty");
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c < ' ' || c > '~' || c == '=') {
        return List.of(
            "a valid environment variable name must consist only of printable ASCII characters"
                + " other than '='");
      }
    }
    return List.of();
  }

  /** The name of an HTTP header. */
  public static List<String> headerName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!isAlphanumeric(c) && c != '-') {
        return List.of(HEADER_FAULT);
      }
    }
    return name.isEmpty() ? List.of(HEADER_FAULT) : List.of();
  }

  /** RFC 1123 subdomain: most objects' names. */
  public static List<String> subdomain(String name) {
    List<String> faults = new ArrayList<>(2);
    if (name.length() > SUBDOMAIN_LENGTH) {
      faults.add("must be no more than " + SUBDOMAIN_LENGTH + " characters");
    }
    if (!isSubdomain(name)) {
      faults.add(SUBDOMAIN_FAULT);
    }
    return faults;
  }

  /** RFC 1123 label: namespaces and services. */
  public static List<String> label(String name) {
    List<String> faults = new ArrayList<>(2);
    if (name.length() > LABEL_LENGTH) {
      faults.add("must be no more than " + LABEL_LENGTH + " characters");
    }
    if (!isLabel(name, 0, name.length())) {
      faults.add(LABEL_FAULT);
    }
    return faults;
  }

  /** What may be one segment of a path: RBAC objects. */
  public static List<String> pathSegment(String name) {
    if (name.equals(".") || name.equals("..")) {
      return List.of("may not be '" + name + "'");
    }
    List<String> faults = new ArrayList<>(2);
    if (name.indexOf('/') >= 0) {
      faults.add("may not contain '/'");
    }
    if (name.indexOf('%') >= 0) {
      faults.add("may not contain '%'");
    }
    return faults;
  }

  /** A subdomain whose first label is an asterisk. */
  public static List<String> wildcardSubdomain(String text) {
    boolean fine = text.startsWith("*.") && isSubdomain(text.substring(2));
    return fine ? List.of() : List.of(WILDCARD_FAULT);
  }

  /** A domain and a path behind it, such as example.com/controller. */
  public static List<String> domainPrefixedPath(String text) {
    int slash = text.indexOf('/');
    if (slash <= 0 || slash == text.length() - 1) {
      return List.of("must be a domain-prefixed path (such as \"acme.io/foo\")");
    }
    List<String> faults = new ArrayList<>(subdomain(text.substring(0, slash)));
    for (int i = slash + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isAlphanumeric(c) && "/-._~%!$&'()*+,;=:".indexOf(c) < 0) {
        faults.add(PATH_FAULT);
        break;
      }
    }
    return faults;
  }

  /** A label's key, an annotation's key or a finalizer: [domain/]name. */
  public static List<String> qualifiedName(String text) {
    int slash = text.indexOf('/');
    if (slash >= 0 && text.indexOf('/', slash + 1) >= 0) {
      return List.of(
          "a qualified name "
              + QUALIFIED_FAULT
              + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
    }
    List<String> faults = new ArrayList<>(2);
    if (slash == 0) {
      faults.add("prefix part must be non-empty");
    } else if (slash > 0) {
      for (String fault : subdomain(text.substring(0, slash))) {
        faults.add("prefix part " + fault);
      }
    }
    String name = text.substring(slash + 1);
    if (name.isEmpty()) {
      faults.add("name part must be non-empty");
    } else if (name.length() > LABEL_LENGTH) {
      faults.add("name part must be no more than " + LABEL_LENGTH + " bytes");
    }
    if (name.isEmpty() || !isWord(name)) {
      faults.add("name part " + QUALIFIED_FAULT);
    }
    return faults;
  }

  public static List<String> labelValue(String value) {
    List<String> faults = new ArrayList<>(2);
    if (value.length() > LABEL_LENGTH) {
      faults.add("must be no more than " + LABEL_LENGTH + " bytes");
    }
    if (!value.isEmpty() && !isWord(value)) {
      faults.add(LABEL_VALUE_FAULT);
    }
    return faults;
  }

  /** A key of a ConfigMap or Secret. */
  public static List<String> configKey(String key) {
    List<String> faults = new ArrayList<>(2);
    if (key.length() > SUBDOMAIN_LENGTH) {
      faults.add("must be no more than " + SUBDOMAIN_LENGTH + " characters");
    }
    if (!isConfigKey(key)) {
      faults.add(CONFIG_KEY_FAULT);
    }
    if (key.equals(".")) {
      faults.add("must not be '.'");
    } else if (key.equals("..")) {
      faults.add("must not be '..'");
    } else if (key.startsWith("..")) {
      faults.add("must not start with '..'");
    }
    return faults;
  }

  /** A generateName as the name it may become: its trailing dash will not be the last character. */
  public static String asPrefix(String generateName) {
    int length = generateName.length();
    return length > 1 && generateName.charAt(length - 1) == '-'
        ? generateName.substring(0, length - 2) + "a"
        : generateName;
  }

  private static boolean isSubdomain(String name) {
    int start = 0;
    while (true) {
      int dot = name.indexOf('.', start);
      int end = dot < 0 ? name.length() : dot;
      if (!isLabel(name, start, end)) {
        return false;
      }
      if (dot < 0) {
        return true;
      }
      start = dot + 1;
    }
  }

  private static boolean isLabel(String text, int start, int end) {
    if (start == end || text.charAt(start) == '-' || text.charAt(end - 1) == '-') {
      return false;
    }
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (!(isLower(c) || isDigit(c) || c == '-')) {
        return false;
      }
    }
    return true;
  }

  /** Letters, digits, dash, underscore and dot, with a letter or digit at both ends. */
  private static boolean isWord(String text) {
    return isAlphanumeric(text.charAt(0))
        && isAlphanumeric(text.charAt(text.length() - 1))
        && isConfigKey(text);
  }

  private static boolean isConfigKey(String key) {
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (!(isAlphanumeric(c) || c == '-' || c == '_' || c == '.')) {
        return false;
      }
    }
    return !key.isEmpty();
  }

  private static boolean isAlphanumeric(char c) {
    return isLower(c) || isDigit(c) || (c >= 'A' && c <= 'Z');
  }

  private static boolean isLower(char c) {
    return c >= 'a' && c <= 'z';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
