# The expected values of a file of statistical test vectors, computed again in R from the same input.
#
#   Rscript scripts/check_vectors_in_r.R tests/vectors/statistics.yaml
#
# Prints each value that R does not confirm, the cases that R has no function for, and a count; ends with status 1 if a value
# differs. Optional: nothing in Cordside needs R. It needs the packages yaml, survival, coin and exactRankTests.

suppressPackageStartupMessages({
  library(survival)
  library(coin)
  library(yaml)
})
suppressMessages(suppressWarnings(library(exactRankTests)))

arguments <- commandArgs(trailingOnly = TRUE)
if (length(arguments) != 1) stop("usage: Rscript scripts/check_vectors_in_r.R VECTORS.yaml")
if (getRversion() >= "4.6") stop("R 4.6 changed wilcox.test: run this with R 4.0 to 4.5")
document <- read_yaml(arguments[1])
if (document$form != "statistics/1") stop("only the form statistics/1 is known here")

followed <- function(value) {
  if (is.character(value) && length(value) == 1 && startsWith(value, "$")) {
    found <- document$data
    for (key in strsplit(substring(value, 2), ".", fixed = TRUE)[[1]]) found <- found[[key]]
    return(followed(found))
  }
  if (is.list(value) || (is.character(value) && length(value) > 1)) lapply(value, followed) else value
}
numbers <- function(x) vapply(x, function(value) if (is.null(value)) NA_real_ else as.numeric(value), 0, USE.NAMES = FALSE)
values <- function(given) if (!is.null(given$x)) numbers(given$x) else rep(numbers(given$value), numbers(given$count))
as_table <- function(rows) do.call(rbind, lapply(rows, numbers))
# Recorded precision: the larger number of decimals of the two columns.
decimals <- function(x) max(nchar(sub("^[^.]*\\.?", "", format(x, digits = 12, trim = TRUE, scientific = FALSE, drop0trailing = TRUE))))
changes <- function(given, from = "before", to = "after") {
  if (!is.null(given$d)) return(numbers(given$d))
  first <- numbers(given[[from]])
  second <- numbers(given[[to]])
  round(second - first, max(vapply(c(first, second), decimals, 0)))
}
quiet <- function(expression) suppressWarnings(suppressMessages(expression))

t_of <- function(test, estimate) {
  c(estimate, list(t = unname(test$statistic), df = unname(test$parameter), p = test$p.value, lo = test$conf.int[1], hi = test$conf.int[2]))
}

# Where binary numbers let R down, as the notes of these vectors say: steps at decimal p, digits of a small SD.
known <- c("quantile-percent-points-exact", "summary-nist-numacc3", "summary-nist-numacc4")

again <- list(
  quantile = function(given, how, expected) {
    one <- function(type) unname(quantile(values(given), as.numeric(unlist(given$p)), type = as.integer(sub("type-", "", type))))
    if (is.list(how$type) || length(how$type) > 1) setNames(lapply(how$type, one), unlist(how$type)) else one(how$type)
  },
  summary = function(given, how, expected) {
    x <- values(given)
    list(n = sum(!is.na(x)), n_missing = sum(is.na(x)), mean = mean(x, na.rm = TRUE), sd = sd(x, na.rm = TRUE))
  },
  signed_rank = function(given, how, expected) {
    d <- changes(given)
    side <- if (is.null(how$alternative)) "two.sided" else how$alternative
    kept <- d[d != 0]
    n <- length(kept)
    ranks <- if (how$zeros == "pratt") rank(abs(d))[d != 0] else rank(abs(kept))
    V <- sum(ranks[kept > 0])
    ties <- table(abs(kept))
    S <- V - n * (n + 1) / 4
    sas_t <- quiet(S * sqrt((n - 1) / (n * (n * (n + 1) * (2 * n + 1) / 24 - sum(ties^3 - ties) / 48) - S^2)))
    z <- (V - sum(ranks) / 2) / sqrt(sum(ranks^2) / 4)
    p <- if (n == 0) 1
      else if (how$p == "normal") 2 * pnorm(-abs(z))
      else if (how$p == "normal_cc") quiet(wilcox.test(d, exact = FALSE)$p.value)
      else if (how$p == "sas" && n > 20) 2 * pt(-abs(sas_t), n - 1)
      else if (how$zeros == "drop") quiet(wilcox.exact(d, exact = TRUE, alternative = side)$p.value)
      else as.numeric(pvalue(wilcoxsign_test(d ~ rep(0, length(d)), zero.method = "Pratt", distribution = "exact")))
    list(n = n, V = V, S = S, p = p)
  },
  hodges_lehmann = function(given, how, expected) {
    d <- changes(given)
    if (how$zeros == "drop") d <- d[d != 0]
    n <- length(d)
    averages <- sort(outer(d, d, "+")[lower.tri(diag(n), diag = TRUE)] / 2)
    k <- max(1, qsignrank((1 - how$level) / 2, n))
    list(est = median(averages), lo = averages[k], hi = rev(averages)[k], attained = 1 - 2 * psignrank(k - 1, n))
  },
  hodges_lehmann_two = function(given, how, expected) {
    x <- numbers(given$x)
    y <- numbers(given$y)
    shifts <- sort(outer(x, y, "-"))
    k <- max(1, qwilcox((1 - how$level) / 2, length(x), length(y)))
    list(est = median(shifts), lo = shifts[k], hi = rev(shifts)[k], attained = 1 - 2 * pwilcox(k - 1, length(x), length(y)))
  },
  paired_t = function(given, how, expected) {
    if (!is.null(how$ratio)) {
      test <- t.test(log(numbers(given[[how$ratio[[1]]]]) / numbers(given[[how$ratio[[2]]]])), conf.level = how$level)
      found <- t_of(test, list(ratio = exp(unname(test$estimate))))
      return(modifyList(found, list(lo = exp(found$lo), hi = exp(found$hi))))
    }
    order <- if (is.null(how$difference)) list("after", "before") else how$difference
    test <- t.test(changes(given, order[[2]], order[[1]]), conf.level = how$level)
    t_of(test, list(mean = unname(test$estimate)))
  },
  one_sample_t = function(given, how, expected) {
    logs <- identical(how$scale, "log")
    test <- t.test(if (logs) log(values(given)) else values(given), mu = if (logs) log(how$mu) else how$mu, conf.level = how$level)
    found <- t_of(test, list(mean = unname(test$estimate), n = length(values(given))))
    if (logs) modifyList(found, list(geometric_mean = exp(found$mean), lo = exp(found$lo), hi = exp(found$hi))) else found
  },
  two_sample_t = function(given, how, expected) {
    t_of(t.test(numbers(given$x), numbers(given$y), var.equal = how$variance == "pooled", conf.level = how$level), list())
  },
  rank_sum = function(given, how, expected) {
    x <- numbers(given$x)
    y <- numbers(given$y)
    doubled <- function() min(1, 2 * min(vapply(c("less", "greater"), function(side) quiet(wilcox.exact(x, y, exact = TRUE, alternative = side)$p.value), 0)))
    p <- if (how$p != "exact") quiet(wilcox.test(x, y, exact = FALSE, correct = how$p == "normal_cc")$p.value)
      else if (identical(how$two_sided, "doubled")) doubled()
      else quiet(wilcox.exact(x, y, exact = TRUE)$p.value)
    list(W = unname(quiet(wilcox.test(x, y)$statistic)), p = p)
  },
  chi_square = function(given, how, expected) {
    test <- quiet(chisq.test(as_table(given$table), correct = how$yates))
    list(chi2 = unname(test$statistic), df = unname(test$parameter), p = test$p.value)
  },
  fisher = function(given, how, expected) list(p = fisher.test(as_table(given$table), workspace = 2e8)$p.value),
  mcnemar = function(given, how, expected) {
    if (how$p == "exact") return(list(p = binom.test(given$b, given$b + given$c)$p.value))
    test <- mcnemar.test(matrix(c(1, given$c, given$b, 1), 2), correct = how$p == "chi2_cc")
    list(chi2 = unname(test$statistic), p = test$p.value)
  },
  proportion_interval = function(given, how, expected) {
    k <- given$k
    n <- given$n
    tail <- (1 - how$level) / 2
    z <- qnorm(1 - tail)
    middle <- (k + z^2 / 2) / (n + z^2)
    limits <- switch(how$interval,
      clopper_pearson = binom.test(k, n, conf.level = how$level)$conf.int,
      wilson = quiet(prop.test(k, n, correct = FALSE, conf.level = how$level)$conf.int),
      wilson_cc = quiet(prop.test(k, n, conf.level = how$level)$conf.int),
      jeffreys = c(if (k == 0) 0 else qbeta(tail, k + 0.5, n - k + 0.5), if (k == n) 1 else qbeta(1 - tail, k + 0.5, n - k + 0.5)),
      agresti_coull = middle + c(-1, 1) * z * sqrt(middle * (1 - middle) / (n + z^2)),
      wald = k / n + c(-1, 1) * z * sqrt(k / n * (1 - k / n) / n))
    list(lo = limits[1], hi = limits[2])
  },
  zero_event_upper_limit = function(given, how, expected) {
    list(hi = binom.test(0, given$n, alternative = "less", conf.level = how$one_sided_level)$conf.int[2])
  },
  kaplan_meier = function(given, how, expected) {
    # Only what R itself answers: it carries S on and takes the middle of a flat part.
    if (identical(how$beyond_last, "not-estimable")) return(NULL)
    fit <- survfit(Surv(numbers(given$time), numbers(given$status)) ~ 1, conf.type = how$interval, conf.int = how$level)
    quarter <- function(p) unname(unlist(quantile(fit, p)))
    then <- summary(fit, times = numbers(expected$times), extend = TRUE)
    list(q25 = quarter(0.25), median = quarter(0.5), q75 = quarter(0.75), times = numbers(expected$times), S = then$surv,
         lo = then$lower, hi = then$upper, at_risk = then$n.risk)
  },
  logrank = function(given, how, expected) {
    test <- survdiff(Surv(numbers(given$time), numbers(given$status)) ~ numbers(given$group))
    list(chi2 = test$chisq, p = pchisq(test$chisq, 1, lower.tail = FALSE), O = test$obs[1], E = test$exp[1])
  },
  cox = function(given, how, expected) {
    x <- do.call(cbind, lapply(given$x, numbers))
    fit <- coxph(Surv(numbers(given$time), numbers(given$status)) ~ x, ties = how$ties)
    list(coef = unname(coef(fit)), se = unname(sqrt(diag(vcov(fit)))))
  },
  cumulative_incidence = function(given, how, expected) {
    fit <- survfit(Surv(numbers(given$time), factor(numbers(given$status), 0:2)) ~ 1)
    then <- summary(fit, times = numbers(expected$times))$pstate
    list(times = numbers(expected$times), cause1 = then[, 2], cause2 = then[, 3])
  },
  friedman = function(given, how, expected) {
    test <- friedman.test(as_table(given$blocks))
    list(chi2 = unname(test$statistic), df = unname(test$parameter), p = test$p.value)
  },
  kruskal_wallis = function(given, how, expected) {
    test <- kruskal.test(lapply(given$groups, numbers))
    list(chi2 = unname(test$statistic), df = unname(test$parameter), p = test$p.value)
  },
  anova = function(given, how, expected) {
    groups <- lapply(given$groups, numbers)
    test <- oneway.test(unlist(groups) ~ factor(rep(seq_along(groups), lengths(groups))), var.equal = TRUE)
    list(F = unname(test$statistic), df1 = unname(test$parameter[1]), df2 = unname(test$parameter[2]), p = test$p.value)
  },
  p_adjust = function(given, how, expected) p.adjust(numbers(given$p), if (how$method == "bh") "BH" else how$method)
)

differences <- function(got, expected, tolerance, where = "") {
  if (!is.null(names(expected))) {
    return(unlist(lapply(names(expected), function(key) differences(got[[key]], expected[[key]], tolerance, paste0(where, " ", key)))))
  }
  wanted <- numbers(if (is.null(expected)) list(NULL) else as.list(expected))
  found <- numbers(if (is.null(got)) list(NULL) else as.list(got))
  if (length(found) != length(wanted)) return(paste0(where, ": ", length(found), " numbers for ", length(wanted)))
  limit <- pmax(abs(wanted) * max(0, tolerance$rel), max(0, tolerance$abs))
  wrong <- ifelse(is.na(wanted) | is.na(found), is.na(wanted) != is.na(found), abs(found - wanted) > limit)
  if (any(wrong)) paste0(where, ": R gives ", format(found[wrong], digits = 12), ", the vector ", format(wanted[wrong], digits = 12)) else NULL
}

unknown <- character()
let_down <- character()
wrong <- 0
confirmed <- 0
for (vector in document$vectors) {
  how <- if (is.null(vector$convention)) list() else followed(vector$convention)
  expected <- followed(vector$expected)
  compute <- again[[vector$method]]
  got <- if (!is.null(compute)) tryCatch(compute(followed(vector$input), how, expected), error = function(e) list(failed = conditionMessage(e)))
  if (is.null(got)) {
    unknown <- c(unknown, vector$id)
    next
  }
  found <- if (is.list(got) && !is.null(got$failed)) paste(":", got$failed) else differences(got, expected, vector$tolerance)
  if (length(found) && vector$id %in% known) {
    let_down <- c(let_down, vector$id)
  } else if (length(found)) {
    wrong <- wrong + 1
    cat(paste0(vector$id, found, "\n"), sep = "")
  } else confirmed <- confirmed + 1
}
cat(confirmed, "cases confirmed by", R.version.string, "\n")
cat(wrong, "cases differ\n")
cat(length(let_down), "cases in which binary numbers are known to let R down:", paste(let_down, collapse = ", "), "\n")
cat(length(unknown), "cases not for R:", paste(unknown, collapse = ", "), "\n")
quit(status = if (wrong) 1 else 0)
