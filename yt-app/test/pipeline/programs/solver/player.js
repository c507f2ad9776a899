// The parts of YouTube's player that the solver searches for: a function that sets `alr`, and a method that changes `n`.
(function () {
  'use strict';
  class Link {
    constructor() {
      this.fields = new Map();
    }
    get(name) {
      return this.fields.get(name);
    }
    set(name, value) {
      this.fields.set(name, value);
    }
    clone() {
      return this;
    }
    untangle() {
      if (this.get('n') === undefined) return;
      this.set('n', [...this.get('n')].reverse().join('') + '-solved');
    }
  }
  var open = function (url, key, signature) {
    var link = new Link(url);
    link.set('alr', 'yes');
    if (signature) link.set(key, signature.slice(2));
    return link;
  };
}).call(this);
