package dev.sallyport.expressions.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.sallyport.expressions.Evaluation;
import dev.sallyport.expressions.Evaluation.Failed;
import dev.sallyport.expressions.Evaluation.Value;
import dev.sallyport.expressions.InvalidExpressionException;
import dev.sallyport.expressions.ValueType.Simple;
import dev.sallyport.expressions.cel.ExpressionCompiler;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KubernetesFunctionsTest {
  private static final ExpressionCompiler COMPILER =
      new ExpressionCompiler(Map.of("any", Simple.ANY));

  private static final Map<String, ?> INPUT = Map.of("any", List.of(3L, 1L, 2L));

  private static Evaluation<Boolean> evaluate(String expression) throws InvalidExpressionException {
    return COMPILER.bool(expression).evaluate(INPUT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1, 2, 2].isSorted() && !['b', 'a'].isSorted() && [].isSorted()",
        "[1, 2, 3].sum() == 6 && [0.5, 0.5].sum() == 1.0",
        "[duration('1m'), duration('1s')].sum() == duration('61s')",
        "[3, 1, 2].min() == 1 && ['a', 'c', 'b'].max() == 'c'",
        "[1, 2, 2].indexOf(2) == 1 && [1, 2, 2].lastIndexOf(2) == 2 && [1].indexOf(7) == -1",
        "'tacocat'.indexOf('c') == 2 && 'tacocat'.lastIndexOf('c') == 4",
        "any.max() == 3 && !any.isSorted()",
        "'abc 123'.find('[0-9]+') == '123' && 'abc'.find('[0-9]+') == ''",
        "'1 22 333'.findAll('[0-9]+') == ['1', '22', '333']",
        "'1 22 333'.findAll('[0-9]+', 2).size() == 2",
        "'%s has %d of %.1f'.format(['a', 3, 2.25]) == 'a has 3 of 2.2'",
        "'%s %x 100%%'.format([[1, 'b'], 255]) == '[1, b] ff 100%'",
        "url('https://a.example:80/b%20c?d=e&d=f').getHost() == 'a.example:80'",
        "url('https://a.example:80/b%20c?d=e&d=f').getHostname() == 'a.example'",
        "url('https://a.example:80/b%20c?d=e&d=f').getPort() == '80'",
        "url('https://a.example:80/b%20c').getEscapedPath() == '/b%20c'",
        "url('https://a.example/?d=e&d=f').getQuery()['d'] == ['e', 'f']",
        "url('/a').getScheme() == '' && !isURL('a') && isURL('http://[::1]/')",
        "quantity('1.5Gi').isGreaterThan(quantity('1G')) && quantity('1000m') == quantity('1')",
        "quantity('50k').add(20) == quantity('50020') && quantity('1').sub(quantity('2')).sign() == -1",
        "quantity('50k').asInteger() == 50000 && !quantity('50m').isInteger()",
        "isQuantity('1e3') && !isQuantity('1 Gi') && quantity('200m').asApproximateFloat() == 0.2",
        "ip('127.0.0.1').family() == 4 && ip('127.0.0.1').isLoopback()",
        "ip('fe80::1').isLinkLocalUnicast() && ip('8.8.8.8').isGlobalUnicast()",
        "string(ip('2001:db8::0:1')) == '2001:db8::1' && !ip.isCanonical('2001:DB8::1')",
        "isIP('::1') && !isIP('::ffff:1.2.3.4') && !isIP('1.2.3.04') && !isIP('localhost')",
        "cidr('192.168.0.0/24').containsIP('192.168.0.9')",
        "cidr('192.168.0.0/16').containsCIDR(cidr('192.168.10.0/24'))",
        "!cidr('192.168.0.0/24').containsCIDR('192.168.0.0/23')",
        "cidr('192.168.0.9/24').masked() == cidr('192.168.0.0/24')",
        "cidr('10.0.0.0/8').prefixLength() == 8 && cidr('10.0.0.0/8').ip() == ip('10.0.0.0')",
        "isCIDR('10.0.0.0/8') && !isCIDR('10.0.0.0/33') && !isCIDR('10.0.0.0')",
        "semver('1.2.3').isGreaterThan(semver('1.2.3-rc.1')) && semver('1.2.3').minor() == 2",
        "semver('1.0.0-alpha.2').isLessThan(semver('1.0.0-alpha.10')) && !isSemver('v1.0')",
        "!format.dns1123Label().validate('my-name').hasValue()",
        "format.dns1123Label().validate('My_name').value().size() == 1",
        "format.named('uuid').value().validate('no').hasValue() && !format.named('x').hasValue()",
        "!format.dns1123LabelPrefix().validate('my-').hasValue()",
        "!format.qualifiedName().validate('a.example/b').hasValue()",
        "string(5) == '5' && string(true) == 'true'",
      })
  void isTrue(String expression) throws InvalidExpressionException {
    assertEquals(new Value<>(true), evaluate(expression));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[].min() == 1",
        "quantity('x').isInteger()",
        "ip('nobody.example').family() == 4",
        "cidr('1.2.3.4').prefixLength() == 4",
        "url('no url').getHost() == ''",
        "'a'.find('(') == ''",
        "'%d'.format(['a']) == ''",
        "'%s'.format([]) == ''",
        "semver('1').major() == 1",
      })
  void fails(String expression) throws InvalidExpressionException {
    assertInstanceOf(Failed.class, evaluate(expression));
  }
}
