package dev.sallyport.expressions.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelKind;
import dev.sallyport.expressions.ValueType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an expression costs at worst: walks it once with the sizes that its variables may have.
 * Loops cost their body for each item. Used once.
 */
final class WorstCase {

  private static final double LIST = 10;
  private static final double MAP = 30;

  private final CelAbstractSyntaxTree tree;
  private final Map<String, Shape> scope = new HashMap<>();

  WorstCase(CelAbstractSyntaxTree tree, Map<String, ValueType> variables) {
    this.tree = tree;
    variables.forEach((name, type) -> scope.put(name, Shape.of(type)));
  }

  double cost() {
    return of(tree.getExpr()).cost;
  }

  private record Estimate(double cost, Shape shape) {}

  private Estimate of(CelExpr node) {
    return switch (node.getKind()) {
      case CONSTANT -> new Estimate(0, constant(node.constant()));
      case IDENT -> new Estimate(1, scope.getOrDefault(node.ident().name(), typeOnly(node)));
      case SELECT -> select(node);
      case CALL -> call(node);
      case LIST -> list(node.list().elements());
      case MAP -> map(node.map().entries());
      case COMPREHENSION -> loop(node.comprehension());
      default -> new Estimate(1, Shape.UNKNOWN);
    };
  }

  private static Shape constant(CelConstant constant) {
    return switch (constant.getKind()) {
      case STRING_VALUE -> Shape.of(constant.stringValue().length());
      case BYTES_VALUE -> Shape.of(constant.bytesValue().size());
      default -> Shape.ONE;
    };
  }

  /** What the type alone tells of a value. */
  private Shape typeOnly(CelExpr node) {
    CelKind kind = tree.getType(node.id()).map(type -> type.kind()).orElse(CelKind.DYN);
    return switch (kind) {
      case BOOL, INT, UINT, DOUBLE, DURATION, TIMESTAMP, NULL_TYPE, TYPE, OPAQUE -> Shape.ONE;
      default -> Shape.UNKNOWN;
    };
  }

  private Estimate select(CelExpr node) {
    Estimate operand = of(node.select().operand());
    if (node.select().testOnly()) {
      return new Estimate(operand.cost, Shape.ONE);
    }
    return new Estimate(operand.cost + 1, known(operand.shape.field(node.select().field()), node));
  }

  private Shape known(Shape shape, CelExpr node) {
    return Double.isInfinite(shape.size()) && shape.declared() == null ? typeOnly(node) : shape;
  }

  private Estimate list(List<CelExpr> elements) {
    double cost = LIST;
    Shape item = null;
    for (CelExpr element : elements) {
      Estimate one = of(element);
      cost += one.cost;
      item = item == null ? one.shape : item.or(one.shape);
    }
    return new Estimate(cost, new Shape(elements.size(), null, item));
  }

  private Estimate map(List<CelExpr.CelMap.Entry> entries) {
    double cost = MAP;
    Shape value = null;
    for (CelExpr.CelMap.Entry entry : entries) {
      Estimate one = of(entry.value());
      cost += of(entry.key()).cost + one.cost;
      value = value == null ? one.shape : value.or(one.shape);
    }
    return new Estimate(cost, new Shape(entries.size(), null, value));
  }

  private Estimate loop(CelExpr.CelComprehension loop) {
    Estimate range = of(loop.iterRange());
    Estimate start = of(loop.accuInit());
    Shape outer = bind(loop.accuVar(), start.shape);
    boolean two = !loop.iterVar2().isEmpty();
    boolean keys = two || range.shape.isMap() || isMap(loop.iterRange());
    // A map's key is a text of any length; a list's index is a number.
    Shape key = isMap(loop.iterRange()) ? Shape.UNKNOWN : Shape.ONE;
    Shape first = bind(loop.iterVar(), keys ? key : range.shape.item());
    Shape second = two ? bind(loop.iterVar2(), range.shape.item()) : null;
    Estimate step = of(loop.loopStep());
    double round = of(loop.loopCondition()).cost + step.cost;
    restore(loop.iterVar(), first);
    if (two) {
      restore(loop.iterVar2(), second);
    }
    double cost = range.cost + start.cost + of(loop.result()).cost;
    restore(loop.accuVar(), outer);
    Shape made =
        loop.accuInit().getKind() == CelExpr.ExprKind.Kind.CONSTANT
            ? start.shape
            : new Shape(range.shape.size(), null, step.shape.part());
    return new Estimate(cost + CallCosts.times(range.shape.size(), round), made);
  }

  private boolean isMap(CelExpr node) {
    return tree.getType(node.id()).map(type -> type.kind() == CelKind.MAP).orElse(false);
  }

  private @Nullable Shape bind(String name, Shape shape) {
    return scope.put(name, shape);
  }

  private void restore(String name, @Nullable Shape outer) {
    if (outer == null) {
      scope.remove(name);
    } else {
      scope.put(name, outer);
    }
  }

  private Estimate call(CelExpr node) {
    CelExpr.CelCall call = node.call();
    Estimate target = call.target().map(this::of).orElse(new Estimate(0, Shape.ONE));
    List<Estimate> arguments = call.args().stream().map(this::of).toList();
    double cost = target.cost;
    for (Estimate argument : arguments) {
      cost += argument.cost;
    }
    if (call.function().equals("_?_:_")) {
      Estimate yes = arguments.get(1);
      Estimate no = arguments.get(2);
      double either = arguments.get(0).cost + Math.max(yes.cost, no.cost);
      return new Estimate(either, yes.shape.or(no.shape));
    }
    Shape first = arguments.isEmpty() ? Shape.ONE : arguments.get(0).shape;
    Shape second = arguments.size() < 2 ? Shape.ONE : arguments.get(1).shape;
    cost += own(node, target.shape, first, second);
    return new Estimate(cost, result(node, target.shape, first, second));
  }

  private double own(CelExpr node, Shape target, Shape first, Shape second) {
    String function = node.call().function();
    boolean list = node.call().target().map(this::isList).orElse(false);
    if (function.equals("@in") && isMap(node.call().args().get(1))) {
      return 1;
    }
    if (function.equals("_+_") && isList(node.call().args().get(0))) {
      return 1;
    }
    double cost = CallCosts.of(function, target.size(), first.size(), second.size());
    return switch (function) {
      // Comparing items that are texts costs their length too.
      case "isSorted", "min", "max", "indexOf", "lastIndexOf" ->
          list
              ? CallCosts.times(cost, 1 + CallCosts.text(textSize(target.item())))
              : CallCosts.text(target.size());
      case "join" ->
          2 * CallCosts.text(CallCosts.times(target.size(), target.item().size() + first.size()));
      default -> cost;
    };
  }

  private static double textSize(Shape item) {
    return item.size() > 1 ? item.size() : 0;
  }

  private boolean isList(CelExpr node) {
    return tree.getType(node.id()).map(type -> type.kind() == CelKind.LIST).orElse(false);
  }

  private Shape result(CelExpr node, Shape target, Shape first, Shape second) {
    Shape shape =
        switch (node.call().function()) {
          case "_[_]" -> first.item();
          case "_+_" -> sum(first, second);
          case "lowerAscii", "upperAscii", "substring", "trim", "reverse" ->
              Shape.of(target.size());
          case "split", "findAll" -> new Shape(target.size(), null, Shape.of(target.size()));
          case "find" -> Shape.of(target.size());
          case "replace" ->
              Shape.of(target.size() + CallCosts.times(target.size() + 1, second.size()));
          case "join" ->
              Shape.of(CallCosts.times(target.size(), target.item().size() + first.size()));
          case "charAt" -> Shape.ONE;
          case "min", "max" -> target.item();
          case "dyn" -> first;
          default -> Shape.UNKNOWN;
        };
    return known(shape, node);
  }

  private static Shape sum(Shape one, Shape other) {
    Shape onePart = one.item();
    Shape otherPart = other.item();
    return new Shape(one.size() + other.size(), null, onePart.or(otherPart));
  }
}
